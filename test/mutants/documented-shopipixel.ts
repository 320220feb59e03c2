// Other figures, addresses and names than ShopiPixel documents.
import { documented } from "./documented.ts";

export const shopipixel = documented({
  "app/destinations/shopipixel/index.ts": [
    ["shopipixel > where many events are posted", '"https://app.shopipixel.de"', '"https://shopipixel.de"'],
    ["shopipixel > how the key travels", "`Bearer ${settings.apiKey}`", "settings.apiKey"],
    ["shopipixel > what a key looks like", "/^sp_\\S+$/", "/^s[pk]?.\\S+$/"],
    ["shopipixel > how many events are best in a request", "batch: 50", "batch: 100"],
    ["shopipixel > how large a request may be", "bytes: 500_000", "bytes: 524_000"],
    ["shopipixel > how many requests a key has", "requests: 1_000", "requests: 10_000"],
    ["shopipixel > how many requests a key has", 'per: "hour"', 'per: "minute"'],
    ["shopipixel > how old an event may be", "window: 24 * 60 * MINUTE", "window: 48 * 60 * MINUTE"],
    ["shopipixel > how long a repetition is known", "age < 19 * MINUTE", "age < 20 * MINUTE"],
    ["shopipixel > how long a repetition is known", '"send again" : "look up"', '"send again" : "unknown"'],
    ["shopipixel > which names are taken by its own events", "|AddToWishlist", ""],
  ],
  "app/destinations/shopipixel/client.ts": [
    ["shopipixel > where events are listed", 'const EVENTS = "/api/v1/events"', 'const EVENTS = "/api/v2/events"'],
    ["shopipixel > where the statistics are", '"/api/v1/stats"', '"/api/v1/statistics"'],
    [
      "shopipixel > that many events are a bare array",
      "path: EVENTS, json: events }",
      "path: EVENTS, json: { events } }",
    ],
    [
      "shopipixel > what a custom event is called that is not there",
      "results: z.array(Result)",
      "result: z.array(Result)",
    ],
    [
      "shopipixel > that there is no next page without hasMore",
      "pagination.hasMore ? (pagination.nextCursor ?? undefined) : undefined",
      "pagination.nextCursor ?? undefined",
    ],
    [
      "shopipixel > how the next page is asked for",
      "limit: limit?.toString(), ...rest, cursor",
      "limit: limit?.toString(), ...rest, after: cursor",
    ],
    ["shopipixel > how the next page is asked for", "hasMore: z.boolean(),", "more: z.boolean(),"],
    ["shopipixel > over how many days figures by the hour go", "days > 7", "days > 8"],
  ],
  "app/destinations/shopipixel/answers.ts": [
    [
      "shopipixel > what a yes and a repetition are called",
      'if (typeof success === "boolean") return success;',
      'if (typeof success === "string") return true;',
    ],
    [
      "shopipixel > what a yes and a repetition are called",
      "result.duplicate || result.status",
      "result.doubled || result.status",
    ],
    [
      "shopipixel > what a custom event is called that is not there",
      "if (/event_not_found/i.test(words))",
      "if (/event_missing/i.test(words))",
    ],
    [
      "shopipixel > what an event outside of its window is called",
      "/validation_failed.*eventTime|eventTime.*validation_failed/is",
      "/validation_error.*eventTime/is",
    ],
    ["shopipixel > a 401", "answer.status === 401 && isOwn", "answer.status === 400 && isOwn"],
    ["shopipixel > a 403 for a permission", "/permission/i", "/forbidden/i"],
    ["shopipixel > a 403 for the plan", "/plan/i", "/enterprise tier/i"],
  ],
  "app/destinations/shopipixel/messages.ts": [
    ["shopipixel > how far ahead an event's time may be", "5 * 60_000", "10 * 60_000"],
    ["shopipixel > what a purchase's id is like", "`purchase_${order.id}`", "`order_${order.id}`"],
    ["shopipixel > the names of its events", '"InitiateCheckout"', '"BeginCheckout"'],
    ["shopipixel > the names of its events", '"ViewContent"', '"ViewProduct"'],
    ["shopipixel > the fields of a purchase", "Date.parse(event.occurredAt) / 1000)", "Date.parse(event.occurredAt))"],
    ["shopipixel > the fields of a purchase", "itemPrice: priced", "price: priced"],
    ["shopipixel > the fields of a purchase", "contentIds: [...new", "content_ids: [...new"],
  ],
  "app/destinations/shopipixel/lookup.ts": [["shopipixel > how a list is asked for", "limit: 200", "limit: 250"]],
  "app/destinations/shopipixel/figures.ts": [
    ["shopipixel > what its granularities are called", 'return "hour"', 'return "hourly" as never'],
    [
      "shopipixel > which field names the currency of the figures",
      'typeof stats.currency === "string" ? stats.currency',
      'typeof stats.unit === "string" ? stats.unit',
    ],
  ],
});
