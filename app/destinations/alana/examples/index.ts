// What alana is told of each event.
import type { Message } from "../../destination.ts";
import type { Examples } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened, NOW } from "../../sample-events.ts";
import { cart, item, order, page } from "../../samples.ts";
import { answerExamples } from "./answer.ts";

const visitorId = "visitor-7f3a";
const behaviour = (id: string, body: object): Message => ({ channel: "behaviour", id, body: { visitorId, ...body } });
const purchase = (productIds: string[]): Message => ({
  channel: "purchase",
  id: "5500112233445",
  body: {
    eventType: "purchase-complete",
    visitorId,
    userId: "6401230098",
    productIds,
    revenue: decimal("29.90"),
    currency: "EUR",
    metadata: { orderId: "5500112233445" },
  },
});
const bought = purchase(["7290001112223"]);
const home = behaviour("browse:sh-1", { eventType: "home-page-view" });
const seen = behaviour("browse:sh-2", { eventType: "detail-page-view", productId: "7290001112223" });

export default {
  now: NOW,
  settings: { apiKey: "ak_example" },
  cases: [
    { name: "the home page is a home-page-view", event: happened("page.viewed"), sends: [home] },
    {
      name: "a visitor who is signed in is named by the customer's id",
      event: happened("page.viewed", { page: page({ customerId: "6401230098" }) }),
      sends: [behaviour("browse:sh-1", { eventType: "home-page-view", userId: "6401230098" })],
    },
    {
      name: "other pages have no event at alana",
      event: happened("page.viewed", { page: page({ path: "/pages/about" }) }),
      skips: "alana counts views of the home page only",
    },
    {
      name: "a search carries its words",
      event: happened("search.submitted"),
      sends: [behaviour("browse:sh-5", { eventType: "search", query: "blue mug" })],
    },
    {
      name: "an empty search is not sent, since alana would not say that it failed",
      event: happened("search.submitted", { query: " " }),
      skips: "nothing was searched for",
    },
    {
      name: "a collection's title that is written as a path is told as one",
      event: happened("collection.viewed", { collection: { id: "1", title: "Apparel › T-Shirts >Men's" } }),
      sends: [behaviour("browse:sh-3", { eventType: "category-view", categoryPath: "Apparel > T-Shirts > Men's" })],
    },
    {
      name: "a collection is a category by its name",
      event: happened("collection.viewed"),
      sends: [behaviour("browse:sh-3", { eventType: "category-view", categoryPath: "Kitchen" })],
    },
    { name: "a product is a detail-page-view", event: happened("product.viewed"), sends: [seen] },
    {
      name: "products are known by variant where the setting says so",
      settings: { productIds: "variant" },
      event: happened("product.viewed"),
      sends: [behaviour("browse:sh-2", { eventType: "detail-page-view", productId: "41220003334445" })],
    },
    {
      name: "a product without the id that alana knows is skipped",
      settings: { productIds: "sku" },
      event: happened("product.viewed", { item: item({ sku: "" }) }),
      skips: "no SKU",
    },
    {
      name: "the cart page is a shopping-cart-page-view",
      event: happened("cart.viewed"),
      sends: [behaviour("browse:sh-4", { eventType: "shopping-cart-page-view" })],
    },
    {
      name: "a new cart is one add-to-cart for each product, two variants of one taken together",
      event: happened("cart.created", { added: [item(), item({ variantId: "2" }), item({ productId: "55" })] }),
      sends: [
        behaviour("cart:c1-3f9a77:1:7290001112223", {
          eventType: "add-to-cart",
          productId: "7290001112223",
          metadata: { quantity: 4 },
        }),
        behaviour("cart:c1-3f9a77:1:55", { eventType: "add-to-cart", productId: "55", metadata: { quantity: 2 } }),
      ],
    },
    {
      name: "a cart that grows is an add-to-cart of what was added",
      event: happened("cart.changed"),
      sends: [
        behaviour("cart:c1-3f9a77:2:7290001112223", {
          eventType: "add-to-cart",
          productId: "7290001112223",
          metadata: { quantity: 1 },
        }),
      ],
    },
    {
      name: "a cart that shrinks has no event at alana",
      event: happened("cart.changed", { added: [], removed: [item()] }),
      skips: "nothing was added to the cart",
    },
    {
      name: "a cart of nobody is skipped",
      event: happened("cart.changed", { cart: cart({ visitorId: null }) }),
      skips: "no visitor id, and alana takes nothing without one",
    },
    { name: "an order is a purchase of its products", event: happened("order.placed"), sends: [bought] },
    {
      name: "of an order only the products that have an id are named, each once",
      event: happened("order.placed", { order: order({ items: [item(), item(), item({ productId: null })] }) }),
      sends: [bought],
    },
    {
      name: "an order is known by SKU where the setting says so",
      settings: { productIds: "sku" },
      event: happened("order.placed"),
      sends: [purchase(["MUG-BLUE"])],
    },
    {
      name: "an order of custom lines only is skipped",
      event: happened("order.placed", { order: order({ items: [item({ productId: null })] }) }),
      skips: "no product id",
    },
    {
      name: "products are known by a metafield where the settings name one; those without it are left out",
      settings: { metafield: "custom.alana_id" },
      event: happened("order.placed", {
        order: order({
          items: [item({ metafield: "0d4c8f52-5c0e-4c3a-9a55-3f1f6b1f2a10" }), item({ productId: "55" })],
        }),
      }),
      sends: [purchase(["0d4c8f52-5c0e-4c3a-9a55-3f1f6b1f2a10"])],
    },
    {
      name: "where none of them has it there is nothing to say",
      settings: { metafield: "custom.alana_id", productIds: "sku" },
      event: happened("product.viewed"),
      skips: "no value in the metafield",
    },
    ...answerExamples,
    {
      name: "the test asks nothing, since every call would be counted",
      answers: [],
      requests: [],
      checks: [
        {
          ok: null,
          says: "alana has no call that only reads; whether the key is right is known with the first event.",
        },
        { ok: true, says: "Limits: 100 requests a minute from this address and 1,000 for this key." },
      ],
    },
  ],
} satisfies Examples;
