// What ShopiPixel documents.
import { NOW } from "../../../app/destinations/sample-events.ts";
import { stats } from "../../../app/destinations/shopipixel/client.ts";
import type { AtVendor, Says } from "../../support/at-vendor.ts";
import { asTold } from "../../support/told.ts";
import { type Documented, from, MINUTE, many, repeated, saying, taken } from "./figure.ts";

const PAGE = "shopipixel.com/help/api";
const settings = { apiKey: "sp_example", refundEvent: "Refund", store: "" };
const EVENTS = "https://app.shopipixel.de/api/v1/events";
const HEARD = Date.parse("2026-11-21T08:30:01.250Z");

const purchase = (at: AtVendor) => at.message("order.placed");
const wrong = (at: AtVendor, ...says: Says) => at.outcomes([purchase(at)], ...says);
const listed = (data: unknown[], pagination: object): Says => [200, { data, pagination }];
const lookUp = (at: AtVendor, ...says: Says[]) =>
  at.asked((http) => at.sheet.lookUp?.("events", [purchase(at)], new Date(NOW), settings, http), ...says);
const report = (at: AtVendor, from: string, to: string) =>
  at.asked((http) => at.sheet.report?.({ from, to }, settings, http), [200, { currency: "EUR" }]);
const byTheHour = (at: AtVendor, to: string) =>
  at.asked((http) => stats({ granularity: "hour", from: "2026-11-01", to }, http));
/** An event so many milliseconds ahead of when it was heard of. */
const ahead = (at: AtVendor, by: number) =>
  at.skips("order.placed", { occurredAt: new Date(HEARD + by).toISOString(), saidAt: null }) === null;
const results = (...all: object[]): Says => [200, { results: all }];

export const shopipixel: Documented = {
  slug: "shopipixel",
  settings,
  figures: from(PAGE, [
    ["where many events are posted", `POST ${EVENTS}`, async (at) => (await at.sent([purchase(at)]))[0]?.call],
    [
      "that many events are a bare array",
      2,
      async (at) => ((await at.sent(many(purchase(at), 2)))[0]?.json as []).length,
    ],
    ["where events are listed", `GET ${EVENTS}`, async (at) => (await lookUp(at, [500]))[0]?.call],
    [
      "where the statistics are",
      "GET https://app.shopipixel.de/api/v1/stats",
      async (at) => (await report(at, "2026-11-01", "2026-11-02"))[0]?.call,
    ],
    [
      "how the key travels",
      "Bearer sp_example",
      async (at) => (await at.sent([purchase(at)]))[0]?.headers.authorization,
    ],
    [
      "that what is posted is JSON",
      "application/json",
      async (at) => (await at.sent([purchase(at)]))[0]?.headers["content-type"],
    ],
    [
      "what a key looks like",
      [true, false, false],
      (at) => taken(at, "apiKey", ["sp_xxxxxxxxxxxx", "ak_xxxx", "sp-xxxx"]),
    ],
    ["how many events are best in a request", 50, ({ sheet }) => sheet.channels.events?.batch],
    [
      "how large a request may be: 512 KB",
      [true, true],
      ({ sheet }) => [(sheet.channels.events?.bytes ?? 0) < 512_000, (sheet.channels.events?.bytes ?? 0) > 490_000],
    ],
    ["how many requests a key has", [{ requests: 1_000, per: "hour", scope: "key" }], ({ sheet }) => sheet.budgets],
    ["how old an event may be", 86_400 * 1_000, ({ sheet }) => sheet.window],
    ["how far ahead an event's time may be", [true, false], (at) => [300_000, 301_000].map((by) => ahead(at, by))],
    ["how long a repetition is known", ["send again", "look up"], (at) => repeated(at, "events", 20 * MINUTE)],
    [
      "the names of its events",
      ["Purchase", "InitiateCheckout", "AddToCart", "PageView", "ViewContent"],
      (at) =>
        [
          purchase(at),
          at.message("checkout.started"),
          at.message("cart.created"),
          at.message("page.viewed"),
          at.message("product.viewed"),
        ].map(({ body }) => (body as { eventName: string }).eventName),
    ],
    [
      "what a purchase's id is like",
      "purchase_5500112233445",
      (at) => (purchase(at).body as { eventId: string }).eventId,
    ],
    [
      "the fields of a purchase",
      {
        eventName: "Purchase",
        eventId: "purchase_5500112233445",
        eventTime: 1795249800,
        userData: { email: "mara@example.com", phone: "+493099999999" },
        customData: {
          currency: "EUR",
          value: 29.9,
          orderId: "5500112233445",
          contents: [{ id: "7290001112223", quantity: 2, itemPrice: 12.5 }],
          contentIds: ["7290001112223"],
        },
      },
      async (at) => ((await at.sent([purchase(at)]))[0]?.json as unknown[])[0],
    ],
    [
      "which names are taken by its own events",
      [false, false, true],
      (at) => taken(at, "refundEvent", ["Purchase", "AddToWishlist", "Refund"]),
    ],
    [
      "what a yes and a repetition are called",
      [{ is: "delivered" }, { is: "delivered", alreadyHad: true }],
      async (at) =>
        at.outcomes(many(purchase(at), 2), ...results({ success: true }, { success: true, duplicate: true })),
    ],
    [
      "what a custom event is called that is not there",
      [{ is: "refused", reason: saying("(“event_not_found”): define it there") }],
      async (at) => wrong(at, ...results({ success: false, error: "event_not_found" })),
    ],
    [
      "what an event outside of its window is called",
      [
        {
          is: "refused",
          reason: saying("within 24 hours of when it happened, and nothing later (“validation_failed: eventTime”)"),
        },
      ],
      async (at) => wrong(at, ...results({ success: false, error: "validation_failed", message: "eventTime" })),
    ],
    [
      "a 401",
      [{ is: "pause", scope: "connection", reason: saying("look under Settings > API") }],
      (at) => wrong(at, 401, { error: "unauthorized" }),
    ],
    [
      "a 403 for a permission",
      [{ is: "pause", scope: "channel", reason: saying("lacks a permission") }],
      (at) => wrong(at, 403, { error: "Permission events:write required" }),
    ],
    [
      "a 403 for the plan",
      [{ is: "pause", scope: "channel", reason: saying("active Enterprise plan") }],
      (at) => wrong(at, 403, { error: "Enterprise plan required" }),
    ],
    ["a 413", [{ is: "split", reason: saying("413") }], (at) => wrong(at, 413, { error: "Request body too large" })],
    [
      "a 429, which tells in Retry-After how many seconds to wait",
      [{ is: "retry", reason: saying("429"), after: 30_000 }],
      (at) => wrong(at, 429, { error: "Rate limit exceeded" }, { "retry-after": "30" }),
    ],
    [
      "how a list is asked for",
      { limit: "200", eventName: "Purchase", from: "2026-11-20" },
      async (at) => (await lookUp(at, [500]))[0]?.query,
    ],
    [
      "how the next page is asked for",
      [undefined, "opaque"],
      async (at) => {
        const first = listed([{ eventId: "other" }], { hasMore: true, nextCursor: "opaque" });
        return (await lookUp(at, first, listed([], { hasMore: false }))).map(({ query }) => query.cursor);
      },
    ],
    [
      "that there is no next page without hasMore",
      1,
      async (at) => (await lookUp(at, listed([{ eventId: "other" }], { hasMore: false, nextCursor: "opaque" }))).length,
    ],
    [
      "over how many days figures by the hour go",
      [1, 0],
      async (at) => [(await byTheHour(at, "2026-11-07")).length, (await byTheHour(at, "2026-11-08")).length],
    ],
    [
      "what its granularities are called",
      ["hour", "day", "week", "month"],
      async (at) => {
        const ends = ["2026-01-02", "2026-01-31", "2026-08-01", "2027-08-01"];
        const asked = [];
        for (const end of ends) asked.push(...(await report(at, "2026-01-01", end)));
        return asked.map(({ query }) => query.granularity);
      },
    ],
    [
      "which field names the currency of the figures",
      ["Amounts are in EUR, converted by ShopiPixel day by day."],
      async (at) => {
        let notes: string[] | undefined;
        await at.asked(
          async (http) => {
            notes = asTold(await at.sheet.report?.({ from: "2026-11-01", to: "2026-11-02" }, settings, http))?.notes;
          },
          [200, { currency: "EUR" }],
        );
        return notes;
      },
    ],
  ]),
};
