// What alana.shopping documents.
import type { Message } from "../../../app/destinations/destination.ts";
import type { AtVendor, Says } from "../../support/at-vendor.ts";
import { type Documented, from, many, saying, taken } from "./figure.ts";

const PAGE = "docs.alana.shopping (POST /api/v1/events)";
const settings = { apiKey: "ak_example", productIds: "product", metafield: "", workspace: "" };

const purchase = (at: AtVendor) => at.message("order.placed");
const first = async (at: AtVendor) => (await at.sent([purchase(at)]))[0];
const says = (at: AtVendor, ...answer: Says) => at.outcomes(many(purchase(at), 2), ...answer);
const stored = (count: number, errors: number, status = "ok"): Says => [200, { status, stored: count, errors }];
const home = (at: AtVendor) => at.message("page.viewed");
const bodies = (messages: Message[]) => messages.map(({ body }) => body as Record<string, unknown>);

export const alana: Documented = {
  slug: "alana",
  settings,
  figures: from(PAGE, [
    ["where events are posted", "POST https://alana.shopping/api/v1/events", async (at) => (await first(at))?.call],
    ["how the key travels", "ak_example", async (at) => (await first(at))?.headers["x-api-key"]],
    [
      "what a key looks like",
      [true, false, false],
      (at) => taken(at, "apiKey", ["ak_your_api_key", "sp_key", "ak-key"]),
    ],
    ["that events are a list under events", ["events"], async (at) => Object.keys((await first(at))?.json as object)],
    ["how many events a request may have", 100, ({ sheet }) => sheet.channels.behaviour?.batch],
    [
      "that few purchases share a request, since an answer only counts",
      [true, true],
      ({ sheet }) => [(sheet.channels.purchase?.batch ?? 0) > 0, (sheet.channels.purchase?.batch ?? 0) <= 20],
    ],
    [
      "how many requests a key has, and a key from one address",
      [
        { requests: 1_000, per: "minute", scope: "key" },
        { requests: 100, per: "minute", scope: "key and address" },
      ],
      ({ sheet }) => sheet.budgets,
    ],
    [
      "the seven types of event, each with the fields that it may not lack",
      [
        { eventType: "home-page-view", visitorId: "visitor-7f3a" },
        { eventType: "search", visitorId: "visitor-7f3a", query: "blue mug" },
        { eventType: "category-view", visitorId: "visitor-7f3a", categoryPath: "Kitchen" },
        { eventType: "detail-page-view", visitorId: "visitor-7f3a", productId: "7290001112223" },
        { eventType: "add-to-cart", visitorId: "visitor-7f3a", productId: "7290001112223" },
        { eventType: "shopping-cart-page-view", visitorId: "visitor-7f3a" },
      ],
      (at) =>
        bodies([
          home(at),
          at.message("search.submitted"),
          at.message("collection.viewed"),
          at.message("product.viewed"),
          at.message("cart.created"),
          at.message("cart.viewed"),
        ]).map(({ userId: _, metadata: __, ...required }) => required),
    ],
    [
      "the fields of a purchase",
      {
        eventType: "purchase-complete",
        visitorId: "visitor-7f3a",
        userId: "6401230098",
        productIds: ["7290001112223"],
        revenue: 29.9,
        currency: "EUR",
        metadata: { orderId: "5500112233445" },
      },
      async (at) => ((await first(at))?.json as { events: unknown[] }).events[0],
    ],
    [
      "that the answer says status ok, and how many were stored and failed",
      [{ is: "delivered" }, { is: "delivered" }],
      (at) => says(at, ...stored(2, 0)),
    ],
    [
      "that another status than ok is no yes",
      [
        { is: "doubt", reason: saying("status") },
        { is: "doubt", reason: saying("status") },
      ],
      (at) => says(at, ...stored(2, 0, "error")),
    ],
    [
      "that errors count what failed, and do not say which",
      [
        { is: "unknown", reason: saying("1 of 2 stored") },
        { is: "unknown", reason: saying("1 of 2 stored") },
      ],
      (at) => says(at, ...stored(1, 1)),
    ],
    [
      "that errors count all that failed",
      [
        { is: "refused", reason: saying("0 of 2") },
        { is: "refused", reason: saying("0 of 2") },
      ],
      (at) => says(at, ...stored(0, 2)),
    ],
    ["that nothing removes a repetition", "unknown", ({ sheet }) => sheet.inDoubt("purchase", 0, settings)],
    [
      "a 401",
      [{ is: "pause", scope: "connection", reason: saying("401") }],
      (at) => at.outcomes([purchase(at)], 401, { error: "invalid key" }),
    ],
    [
      "a 403",
      [{ is: "pause", scope: "channel", reason: saying("403") }],
      (at) => at.outcomes([purchase(at)], 403, { error: "scope" }),
    ],
    [
      "a 429, which tells in Retry-After how many seconds to wait",
      [{ is: "retry", reason: saying("429"), after: 7_000 }],
      (at) => at.outcomes([purchase(at)], 429, { error: "slow down" }, { "retry-after": "7" }),
    ],
  ]),
};
