// Other figures, addresses and names than Tolinku documents.
import { documented } from "./documented.ts";

export const tolinku = documented({
  "app/destinations/tolinku/client.ts": [
    ["tolinku > where many events are posted", "`${PATH}/batch`", "`${PATH}/events`"],
    ["tolinku > where one event is posted", "`${PATH}/track`", "`${PATH}/event`"],
    ["tolinku > where a user is erased", "/v1/api/analytics/user/", "/v1/api/analytics/users/"],
    ["tolinku > how many events a request may have", "MOST_EVENTS = 100", "MOST_EVENTS = 200"],
    ["tolinku > that events are a list under events", "json: { events }", "json: events"],
    [
      "tolinku > that anything but ok is no yes",
      "const batched = z.object({\n  ok: z.literal(true)",
      "const batched = z.object({\n  ok: z.boolean()",
    ],
    [
      "tolinku > that errors name what was left out by its place",
      "errors: z.array(z.string()).nullish()",
      "failures: z.array(z.string()).nullish()",
    ],
  ],
  "app/destinations/tolinku/queries.ts": [
    [
      "tolinku > where the figures are",
      "path: `/v1/api/analytics/ecommerce/${name}`",
      "path: `/v1/api/ecommerce/${name}`",
    ],
    ["tolinku > where the figures are", '"revenue-by-coupon"', '"coupons"'],
    ["tolinku > where the figures are", '"cart-abandonment"', '"abandonment"'],
    ["tolinku > where one user's events are", '"user-journey"', '"journey"'],
    [
      "tolinku > by which field a transaction is found there",
      "timestamp: named, transaction_id: named",
      "timestamp: named, transaction: named",
    ],
  ],
  "app/destinations/tolinku/report.ts": [
    [
      "tolinku > that figures are asked for from start to end",
      "{ start: range.from, end: range.to }",
      "{ from: range.from, to: range.to } as never",
    ],
    ["tolinku > how many top products are asked for", "limit: 20", "limit: 200"],
  ],
  "app/destinations/tolinku/index.ts": [
    ["tolinku > how the key travels", '"x-api-key"', '"x-tolinku-key"'],
    ["tolinku > what a key looks like", "/^tolk_(sec|pub)_[\\w-]+$/", "/^tolk_(sec|pub)?_?[\\w-]+$/"],
    [
      "tolinku > that the address is the appspace's own",
      "baseUrl: ({ domain }) => `https://${hostOf(domain)}`",
      'baseUrl: () => "https://tolinku.com"',
    ],
    ["tolinku > how many requests an address has", "requests: 1_000", "requests: 600"],
    ["tolinku > how many requests an address has", 'scope: "address"', 'scope: "key"'],
    ["tolinku > that a transaction counts once in 24 hours", "age < 23 * HOUR", "age < 24 * HOUR"],
    ["tolinku > that nothing else is known a second time", 'channel !== "commerce"', 'channel === "commerce"'],
  ],
  "app/destinations/tolinku/messages.ts": [
    ["tolinku > the names of its events", 'event_type: "begin_checkout"', 'event_type: "checkout_started" as never'],
    ["tolinku > the fields of a purchase", "cart_id: order.cartToken", "cart: order.cartToken"],
    ["tolinku > the fields of a purchase", "    transaction_id: order.id,", "    order_id: order.id,"],
    [
      "tolinku > that a search's words are search_term in properties",
      "{ search_term: event.query }",
      "{ query: event.query }",
    ],
  ],
  "app/destinations/tolinku/send.ts": [
    ["tolinku > that errors name what was left out by its place", "/^events\\[(\\d+)\\]:?", "/^items\\[(\\d+)\\]:?"],
    ["tolinku > a 403 of the free tier", "/free tier/i", "/free plan/i"],
    ["tolinku > a 429 for the quota", "/quota/i", "/used up/i"],
    ["tolinku > which header warns of the plan's limit", '"x-usage-warning"', '"x-warning"'],
    ["tolinku > the codes of a 403", "  USAGE_EXCEEDED:", "  USAGE_LIMIT:"],
    ["tolinku > the codes of a 403", "  APPSPACE_FROZEN:", "  FROZEN:"],
  ],
});
