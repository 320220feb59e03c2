// Prisjakt (PriceSpy): learns which of its clicks led to a purchase.
import { defineDestination, type Http } from "../destination.ts";
import { type Access, mayRead } from "./access.ts";
import { lookUp, outcomeFor } from "./answers.ts";
import { check } from "./check.ts";
import { createEvent, type NewEvent, updatePixel } from "./client.ts";
import { report } from "./figures.ts";
import { PURCHASE, purchase } from "./messages.ts";
import { because, REASONS } from "./reasons.ts";

const DAY = 86_400_000;
const BASE_URL = "https://api.pj.nu/click-conversion";

const access = (settings: { clientId: string; clientSecret: string }, http: Http): Access => ({
  http,
  clientId: settings.clientId,
  clientSecret: settings.clientSecret,
});

export default defineDestination({
  slug: "prisjakt",
  name: "Prisjakt",
  about: "Purchases of buyers who came by a click at Prisjakt or PriceSpy.",
  docs: "https://developer.prisjakt.nu/docs/sections/for-shops/analytics/conversion-tracking",
  notes: [
    "Only orders with a click id of Prisjakt's are sent; the theme app embed keeps it for 30 days after consent.",
    "Prisjakt takes DKK, EUR, GBP, NOK, NZD and SEK.",
    "If Prisjakt's own pixel runs in the shop, let it report with the Shopify order id, or remove it: else orders count twice.",
    "Prisjakt has no event for refunds, and no call that erases a person.",
  ],
  fields: {
    pixelId: {
      label: "Pixel ID",
      help: "One for each market; make a connection for each.",
      where: "Business Center > Integrations > Conversion Tracking",
      pattern: {
        matches: /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/,
        says: "A pixel ID looks like 52907745-7672-470e-a803-a2f8feb52944",
      },
    },
    clientId: {
      label: "Client ID",
      optional: true,
      help: "Purchases are sent without it. With it and its secret, the connection can be tested, a disabled pixel enabled, Prisjakt's figures shown, and a purchase whose answer was lost looked up.",
      where: "From Prisjakt, on request",
      pattern: { matches: /^\S+$/, says: "A client ID has no spaces" },
    },
    clientSecret: {
      label: "Client secret",
      secret: true,
      forMany: true,
      optional: true,
      help: "Nothing can be read at Prisjakt without it; purchases are sent without it.",
      where: "From Prisjakt, together with the client ID",
    },
    shopId: {
      label: "Shop ID",
      optional: true,
      help: "To list the shop's pixels when the connection is tested.",
      pattern: { matches: /^[1-9]\d{0,5}$/, says: "A number from 1 to 999999" },
    },
    baseUrl: {
      label: "Address of the API",
      optional: true,
      default: BASE_URL,
      pattern: { matches: /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, says: "An address that begins with https://" },
    },
  },
  account: (settings) => settings.pixelId.toLowerCase(),
  baseUrl: (settings) => settings.baseUrl || BASE_URL,
  headers: (settings): Record<string, string> => (settings.clientId ? { "client-id": settings.clientId } : {}),
  budgets: [{ requests: 10_000, per: "hour", scope: "key" }],
  reasons: REASONS,
  channels: { [PURCHASE]: { batch: 1, width: 12 } },
  consent: "marketing",
  // The embed keeps a click id only after consent, so an order that has one has that too.
  unknownConsent: "send",
  on: { "order.placed": purchase },
  becomes: { "order.placed": "purchase" },
  send: async (_channel, messages, settings, http) => {
    const [message] = messages; // the channel's batch is one
    if (!message) return [];
    const answer = await createEvent(settings.pixelId, message.body as NewEvent, http);
    return [outcomeFor(answer, settings.clientId !== "")];
  },
  // An external_event_id is a conflict for 30 days; a day is left for clocks.
  inDoubt: (_channel, age, settings) => {
    if (age < 29 * DAY) return "send again";
    return mayRead(settings) ? "look up" : "unknown";
  },
  lookUp: (_channel, messages, _since, settings, http) => lookUp(settings.pixelId, messages, access(settings, http)),
  history: {
    takes: { orders: [PURCHASE] },
    within: 30 * DAY,
    says: because("prisjakt_clicks_only"),
  },
  check: (settings, http) => check(settings, access(settings, http)),
  mend: (_what, settings, http) => updatePixel(settings.pixelId, { enabled: true }, access(settings, http)),
  report: (range, settings, http) => report(range, settings.pixelId, access(settings, http)),
});
