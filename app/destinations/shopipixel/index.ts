// ShopiPixel: hands a shop's events on to its ad platforms.
import { defineDestination, type Message } from "../destination.ts";
import { outcomesOf } from "./answers.ts";
import { check } from "./check.ts";
import { createEvents, stats } from "./client.ts";
import { granularityOf, reportOf } from "./figures.ts";
import { lookUp } from "./lookup.ts";
import { addToCart, EVENTS, initiateCheckout, pageView, purchase, reduction, refund, viewContent } from "./messages.ts";
import { because, REASONS } from "./reasons.ts";

const MINUTE = 60_000;
const STANDARD = /^(?!(PageView|ViewContent|AddToCart|AddToWishlist|AddPaymentInfo|InitiateCheckout|Purchase)$)\S.*$/i;

export default defineDestination({
  slug: "shopipixel",
  name: "ShopiPixel",
  about: "Purchases, carts and checkouts, which ShopiPixel hands on to your ad platforms.",
  docs: "https://shopipixel.com/help/api",
  notes: [
    "ShopiPixel takes an event for 24 hours; what could not be delivered by then expires.",
    "A public API key needs ShopiPixel's Enterprise plan.",
    "ShopiPixel has no call that erases a person.",
  ],
  fields: {
    apiKey: {
      label: "API key",
      secret: true,
      where: "ShopiPixel > Settings > API > Generate key, with events:write, events:read and stats:read",
      pattern: { matches: /^sp_\S+$/, says: "A ShopiPixel key begins with sp_" },
    },
    refundEvent: {
      label: "Event for refunds",
      optional: true,
      help: "ShopiPixel has no refund event. Name a custom event of yours, and each refund is sent as that; leave it empty, and none is.",
      where: "ShopiPixel > Event triggers > Events; the event must be active",
      pattern: { matches: STANDARD, says: "The name of a custom event, none of ShopiPixel's standard events" },
    },
    store: {
      label: "Store",
      optional: true,
      help: "Only if you connect several ShopiPixel stores: a name for this one. Keep it when you change the key, so that nothing is counted twice.",
    },
  },
  // A key can be exchanged and does not say whose it is, so it cannot be the account.
  account: (settings) => settings.store || "store",
  baseUrl: () => "https://app.shopipixel.de",
  headers: (settings) => ({ authorization: `Bearer ${settings.apiKey}` }),
  budgets: [{ requests: 1_000, per: "hour", scope: "key" }],
  window: 24 * 60 * MINUTE,
  reasons: REASONS,
  // 50 is the vendor's advice, 100 its limit; a body of 512 KB is refused.
  channels: { [EVENTS]: { batch: 50, bytes: 500_000, width: 1 } },
  consent: "marketing",
  unknownConsent: "ask",
  ownApp: {
    question:
      "Is ShopiPixel's own Shopify app active in this shop? It counts the same purchases, carts and page views.",
    overlaps: ["order.placed", "cart.created", "cart.changed", "checkout.started", "page.viewed", "product.viewed"],
  },
  on: {
    "order.placed": purchase,
    "order.refunded": (event, settings) => refund(event, settings.refundEvent),
    "order.reduced": (event, settings) => reduction(event, settings.refundEvent),
    "cart.created": addToCart,
    "cart.changed": addToCart,
    "checkout.started": initiateCheckout,
    "page.viewed": pageView,
    "product.viewed": viewContent,
  },
  becomes: {
    "order.placed": "Purchase",
    "order.refunded": { setting: "refundEvent" },
    "cart.created": "AddToCart",
    "cart.changed": "AddToCart",
    "checkout.started": "InitiateCheckout",
    "page.viewed": "PageView",
    "product.viewed": "ViewContent",
  },
  send: async (_channel, messages, _settings, http) => outcomesOf(await createEvents(bodies(messages), http), messages),
  // The same event id is a duplicate for 20 minutes; one minute is left for clocks and the request itself.
  inDoubt: (_channel, age) => (age < 19 * MINUTE ? "send again" : "look up"),
  lookUp: (_channel, messages, _since, _settings, http) => lookUp(messages, http),
  history: {
    takes: { orders: [EVENTS] },
    within: 24 * 60 * MINUTE,
    says: because("shopipixel_a_day"),
  },
  check: (_settings, http) => check(http),
  report: async (range, _settings, http) =>
    reportOf(await stats({ granularity: granularityOf(range), ...range }, http), range),
});

const bodies = (messages: Message[]) => messages.map((message) => message.body);
