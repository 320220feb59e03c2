// Tolinku: deep links and analytics; purchases, refunds and what led to them.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import { defineDestination, type Finding, type Http } from "../destination.ts";
import { wordsOf } from "../meaning.ts";
import { MOST_EVENTS } from "./client.ts";
import {
  cartChanged,
  cartViewed,
  checkoutStarted,
  paymentInfoGiven,
  productViewed,
  purchase,
  reduced,
  refunded,
  searched,
} from "./messages.ts";
import { overview } from "./queries.ts";
import { because, REASONS } from "./reasons.ts";
import { report } from "./report.ts";
import { forget, lookUp, planReason, send, usageWarning } from "./send.ts";

const HOUR = 3_600_000;

// A name with a dot and a top-level domain of letters: no address in numbers, no port, no name of an inner network.
// That the name does not lead into one either is looked up by the way out.
const DOMAIN =
  /^(?:https:\/\/)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion)\.?(?:[/?#]|$))(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})(?:[/?#].*)?$/i;

/** The host alone: what the merchant pasted behind it is no part of the address. */
function hostOf(domain: string): string {
  return new URL(/^[a-z]+:\/\//i.test(domain) ? domain : `https://${domain}`).host;
}

export default defineDestination({
  slug: "tolinku",
  name: "Tolinku",
  about: "Purchases, refunds, carts and browsing for revenue, attribution and cohort figures.",
  docs: "https://tolinku.com/docs/developer/api-reference/ecommerce/",
  notes: [
    "Tolinku books an event on the day it arrives: it has no field for when it happened.",
    "Its yes also covers events that its fraud rules dropped and purchases that it had already: compare its figures with the shop's.",
    "Wishlists, shares, ratings and spent credits are event types of Tolinku that Shopify has no source for; they are not sent.",
    "Products are known to Tolinku by Shopify's variant id, in every event.",
  ],
  fields: {
    domain: {
      label: "Appspace domain",
      help: "The address of your appspace, such as your-app.tolinku.com, or the domain of your own that leads to it.",
      where: "Appspace Settings",
      pattern: { matches: DOMAIN, says: "must be a public https address, such as https://your-app.tolinku.com" },
    },
    apiKey: {
      label: "Secret API key",
      help: "Starts with tolk_sec_. A publishable key (tolk_pub_) can send events, but cannot show figures or erase a person.",
      where: "Appspace Settings > API keys",
      secret: true,
      pattern: { matches: /^tolk_(sec|pub)_[\w-]+$/, says: "must start with tolk_sec_ (or tolk_pub_)" },
    },
    currency: {
      label: "Base currency",
      optional: true,
      help: "Shown beside Tolinku's amounts: it converts all of them into this one, and does not tell which it is.",
      where: "Appspace Settings > Ecommerce",
      pattern: { matches: /^[A-Za-z]{3}$/, says: "A currency's three letters, such as EUR" },
    },
  },
  account: ({ domain }) => hostOf(domain),
  baseUrl: ({ domain }) => `https://${hostOf(domain)}`,
  headers: ({ apiKey }) => ({ "x-api-key": apiKey }),
  budgets: [{ requests: 1_000, per: "minute", scope: "address" }],
  reasons: REASONS,
  channels: { commerce: { batch: MOST_EVENTS }, behaviour: { batch: MOST_EVENTS } },
  consent: "analytics",
  unknownConsent: "ask",
  needsVisitor: true,
  on: {
    "order.placed": purchase,
    "order.refunded": refunded,
    "order.reduced": reduced,
    "cart.created": cartChanged,
    "cart.changed": cartChanged,
    "checkout.started": checkoutStarted,
    "checkout.payment_info_given": paymentInfoGiven,
    "product.viewed": productViewed,
    "cart.viewed": cartViewed,
    "search.submitted": searched,
  },
  becomes: {
    "order.placed": "purchase",
    "order.refunded": "refund",
    "cart.created": "add_to_cart",
    "cart.changed": "add_to_cart",
    "checkout.started": "begin_checkout",
    "checkout.payment_info_given": "add_payment_info",
    "product.viewed": "view_item",
    "cart.viewed": "view_cart",
    "search.submitted": "search",
  },
  send: (channel, messages, _settings, http) => send(channel, messages, http),
  warns: usageWarning,
  // A transaction id counts once in 24 hours; an hour less, for the way and the clocks. Behaviour counts every time.
  inDoubt: (channel, age) => {
    if (channel !== "commerce") return "unknown";
    return age < 23 * HOUR ? "send again" : "look up";
  },
  lookUp: (_channel, messages, _since, _settings, http) => lookUp(messages, http),
  history: {
    never: because("tolinku_no_time"),
  },
  check: (settings, http) => check(settings.apiKey, http),
  report: (range, settings, http) => report(range, settings.currency, http),
  forget: (userIds, _settings, http) => forget(userIds, http),
});

async function check(apiKey: string, http: Http): Promise<Finding[]> {
  const limits = { ok: null, says: because("tolinku_check_limit") };
  try {
    await overview(http);
    return [{ ok: true, says: because("tolinku_key_valid") }, limits];
  } catch (error) {
    if (error instanceof NotAsDocumented) {
      return [{ ok: false, says: because("tolinku_other_address", { words: error.why }) }];
    }
    if (!(error instanceof SaidNo)) throw error;
    return [...refusedCheck(apiKey, error), limits];
  }
}

function refusedCheck(apiKey: string, { answer }: SaidNo): Finding[] {
  const words = wordsOf(answer);
  if (answer.status === 401) return [{ ok: false, says: because("tolinku_key_refused", { words }) }];
  if (answer.status !== 403) return [{ ok: false, says: because("tolinku_unexpected", { words }) }];
  if (!/secret/i.test(answer.text) && !apiKey.startsWith("tolk_pub_")) return [{ ok: false, says: planReason(answer) }];
  return [
    { ok: false, says: because("tolinku_publishable") },
    { ok: null, says: because("tolinku_check_sends") },
  ];
}
