// ShopiMind: the shop's customers, orders and catalog for marketing automation, and events that start its scenarios.
import { defineDestination } from "../destination.ts";
import { check, report } from "./check.ts";
import { cartMessage, checkoutMessage } from "./checkout.ts";
import { customerMessages } from "./customer.ts";
import { deletion, forget } from "./deletions.ts";
import { declare, needs } from "./groundwork.ts";
import { lookUp } from "./lookup.ts";
import { orderMessage } from "./order.ts";
import { categoryMessage, productMessages } from "./product.ts";
import { because, REASONS } from "./reasons.ts";
import { CHANNELS, send } from "./send.ts";

export default defineDestination({
  slug: "shopimind",
  name: "ShopiMind",
  about: "Customers, orders and the catalog, kept up to date, and checkouts that start your scenarios.",
  docs: "https://developers.shopimind.com/en/api-reference/",
  notes: [
    "ShopiMind's API has no call that writes a cart: an order carries its cart's id, and the checkouts of a buyer who is known go as external events.",
    "Its yes means accepted: what is sent is worked off some seconds later.",
    "An order without a customer or an e-mail address, such as a sale over the counter, has no place in ShopiMind and is skipped.",
    "ShopiMind requires a word on newsletter consent: it is what Shopify last told, and a no where nobody told.",
  ],
  fields: {
    apiKey: {
      label: "API key",
      secret: true,
      where: "ShopiMind > Settings > API keys",
      pattern: { matches: /^[a-zA-Z0-9-]{20,64}$/, says: "A ShopiMind key has 20 to 64 letters, digits and hyphens" },
    },
    triggers: {
      label: "Start scenarios",
      help: "Fires shopify_checkout_started and shopify_checkout_abandoned for buyers who are known. Build a scenario on them at ShopiMind first.",
      choices: { off: "Off", on: "On" },
      default: "off",
    },
    abandonedAfter: {
      label: "Abandoned after (hours)",
      help: "A checkout counts as abandoned when its buyer is known, did nothing for so long, and no order came of it.",
      default: "4",
      pattern: { matches: /^([1-9]|[1-9]\d|1[0-5]\d|16[0-8])$/, says: "A whole number of hours from 1 to 168" },
    },
    dataSource: {
      label: "Data source ID",
      optional: true,
      help: "Marks what is sent as coming from that source, so that it can be told apart in segments. It does not keep two connectors apart: ShopiMind knows a customer, an order or a product by its id alone, so where another connector sends the same ids, the last one to write wins. A source named Switchyard is made with the first event; “Test connection” tells its number.",
      pattern: { matches: /^\d{1,15}$/, says: "A data source's ID is a number" },
    },
  },
  // A key does not say whose it is and can be exchanged, so it cannot be the account; a shop has one ShopiMind.
  account: () => "shop",
  baseUrl: () => "https://core.shopimind.com",
  headers: ({ apiKey }) => ({ "spm-api-key": apiKey }),
  budgets: [{ requests: 600, per: "minute", scope: "key" }],
  deliveredAs: "accepted",
  reasons: REASONS,
  channels: CHANNELS,
  // The shop's own customer file; what a visitor consents to does not decide over it.
  consent: null,
  unknownConsent: "send",
  ownApp: {
    question:
      "Is ShopiMind's own Shopify module active in this shop? It keeps the same customers, orders and products.",
    overlaps: [
      "customer.saved",
      "customer.consent_changed",
      "customer.deleted",
      "customer.merged",
      "order.updated",
      "order.deleted",
      "product.saved",
      "product.deleted",
      "collection.saved",
      "collection.deleted",
    ],
  },
  on: {
    "customer.saved": customerMessages,
    "customer.consent_changed": customerMessages,
    "customer.deleted": (event) => deletion("customers", event.customerId),
    "customer.merged": (event) => deletion("customers", event.mergedId),
    "order.updated": orderMessage,
    "order.deleted": (event) => deletion("orders", event.orderId),
    "product.saved": productMessages,
    "product.deleted": (event) => deletion("products", event.productId),
    "collection.saved": categoryMessage,
    "collection.deleted": (event) => deletion("products-categories", event.collectionId),
    "checkout.contact_given": (event, settings) => checkoutMessage(event, settings.triggers),
    "checkout.abandoned": (event, settings) => checkoutMessage(event, settings.triggers),
    "cart.changed": (_event, settings) => cartMessage(settings.triggers),
  },
  becomes: {
    "customer.saved": "POST /v1/customers",
    "customer.consent_changed": "POST /v1/customers",
    "customer.deleted": "DELETE /v1/customers",
    "customer.merged": "DELETE /v1/customers",
    "order.updated": "POST /v1/orders",
    "order.deleted": "DELETE /v1/orders",
    "product.saved": "POST /v1/products",
    "product.deleted": "DELETE /v1/products",
    "collection.saved": "POST /v1/products-categories",
    "collection.deleted": "DELETE /v1/products-categories",
    "checkout.contact_given": "shopify_checkout_started",
    "checkout.abandoned": "shopify_checkout_abandoned",
  },
  send,
  // An upsert or a deletion may be repeated at any time; a trigger has no key that a second one would be known by.
  inDoubt: (channel) => (channel === "triggers" ? "unknown" : "send again"),
  lookUp: (channel, messages, _since, _settings, http) => lookUp(channel, messages, http),
  history: {
    takes: {
      customers: ["customers", "addresses"],
      products: ["products", "variations", "images"],
      orders: ["customers", "orders"],
    },
    warns: because("shopimind_may_write"),
  },
  prepare: { needs, declare },
  check: (settings, http) => check(settings.dataSource, http),
  reportsNow: true,
  report: (_range, _settings, http) => report(http),
  forget: (userIds, _settings, http) => forget(userIds, http),
});
