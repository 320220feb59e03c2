// alana.shopping: learns from what visitors look at, put into the cart and buy.
import { defineDestination } from "../destination.ts";
import { outcomesOf } from "./answers.ts";
import { createEvents } from "./client.ts";
import {
  addToCart,
  BEHAVIOUR,
  cartPageView,
  categoryView,
  detailPageView,
  homePageView,
  type ProductIds,
  PURCHASE,
  purchase,
  search,
} from "./messages.ts";
import { because, REASONS } from "./reasons.ts";

const DAY = 86_400_000;

export default defineDestination({
  slug: "alana",
  name: "alana.shopping",
  about: "What visitors view, search for, put into the cart and buy, for alana's search and recommendations.",
  docs: "https://docs.alana.shopping",
  notes: [
    "The product ids in alana's own examples are UUIDs of its catalogue; choose the id by which alana knows your products.",
    "alana has no field for the time and dates an event when it arrives, so what is a day late is not sent any more.",
    "alana cannot tell a repetition: an event whose answer was lost is not sent again, and shown as unknown.",
    "alana takes no refunds, and has no call that erases a person.",
  ],
  fields: {
    apiKey: {
      label: "API key",
      secret: true,
      where: "alana's dashboard, under API keys",
      pattern: { matches: /^ak_\S+$/, says: "An alana key begins with ak_" },
    },
    productIds: {
      label: "Product id",
      help: "Which of Shopify's ids your products have in alana's catalogue.",
      choices: { product: "Shopify product id", variant: "Shopify variant id", sku: "SKU" },
      default: "product",
    },
    metafield: {
      label: "Metafield with the product id",
      optional: true,
      help: "Where your products keep alana's id in a metafield: its namespace and key, such as custom.alana_id. It takes the place of the id above.",
      where: "Shopify admin > Settings > Custom data > Products",
      pattern: {
        matches: /^[A-Za-z0-9_-]{2,255}\.[A-Za-z0-9_-]{2,64}$/,
        says: "A namespace and a key with a dot between, such as custom.alana_id",
      },
    },
    workspace: {
      label: "Workspace",
      optional: true,
      help: "Only if you connect several alana workspaces: a name for this one. Keep it when you change the key, so that nothing is counted twice.",
    },
  },
  // A key can be exchanged and does not say whose it is, so it cannot be the account.
  account: (settings) => settings.workspace || "workspace",
  baseUrl: () => "https://alana.shopping",
  headers: (settings) => ({ "x-api-key": settings.apiKey }),
  budgets: [
    { requests: 1_000, per: "minute", scope: "key" },
    { requests: 100, per: "minute", scope: "key and address" },
  ],
  window: DAY,
  // An answer does not say which event of a batch failed, and a lost one cannot be asked after: few purchases share a request.
  reasons: REASONS,
  channels: { [BEHAVIOUR]: { batch: 100 }, [PURCHASE]: { batch: 20 } },
  consent: "analytics",
  unknownConsent: "ask",
  needsVisitor: true,
  productMetafield: (settings) => settings.metafield || null,
  on: {
    "page.viewed": homePageView,
    "search.submitted": search,
    "collection.viewed": categoryView,
    "product.viewed": (event, settings) => detailPageView(event, idsOf(settings)),
    "cart.viewed": cartPageView,
    "cart.created": (event, settings) => addToCart(event, idsOf(settings)),
    "cart.changed": (event, settings) => addToCart(event, idsOf(settings)),
    "order.placed": (event, settings) => purchase(event, idsOf(settings)),
  },
  becomes: {
    "page.viewed": "home-page-view",
    "search.submitted": "search",
    "collection.viewed": "category-view",
    "product.viewed": "detail-page-view",
    "cart.viewed": "shopping-cart-page-view",
    "cart.created": "add-to-cart",
    "cart.changed": "add-to-cart",
    "order.placed": "purchase-complete",
  },
  send: async (_channel, messages, _settings, http) => {
    const bodies = messages.map((message) => message.body);
    return outcomesOf(await createEvents(bodies, http), messages);
  },
  inDoubt: () => "unknown",
  history: {
    never: because("alana_no_time"),
  },
  check: async () => [
    { ok: null, says: because("alana_check_unread") },
    { ok: true, says: because("alana_check_limits") },
  ],
});

function idsOf(settings: { productIds: string; metafield: string }): ProductIds {
  if (settings.metafield) return "metafield";
  return settings.productIds === "variant" || settings.productIds === "sku" ? settings.productIds : "product";
}
