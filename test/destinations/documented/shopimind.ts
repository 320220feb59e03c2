// What ShopiMind documents: its overview, its reference, and its public SDK.

import type { Message } from "../../../app/destinations/destination.ts";
import { address, customer } from "../../../app/destinations/samples.ts";
import * as resources from "../../../app/destinations/shopimind/resources.ts";
import type { AtVendor, Heard, Says } from "../../support/at-vendor.ts";
import { type Documented, from, many, saying, taken } from "./figure.ts";
import { shopimindCalls } from "./shopimind-calls.ts";
import { shopimindFields } from "./shopimind-fields.ts";

const OVERVIEW = "developers.shopimind.com (overview)";
const REFERENCE = "developers.shopimind.com (reference)";
const settings = { apiKey: "example-shopimind-key-0001", triggers: "on", abandonedAfter: "4", dataSource: "" };
const API = "https://core.shopimind.com/v1";

const saved = (at: AtVendor) => at.message("customer.saved", { customer: customer({ defaultAddress: address() }) });
const ordered = (at: AtVendor) => at.message("order.updated");
const means = (at: AtVendor, ...says: Says) => at.outcomes([saved(at)], ...says);
const first = async (asked: Promise<Heard[]>) => (await asked)[0];
const report = (at: AtVendor) => at.asked((http) => at.sheet.report?.({ from: "", to: "" }, settings, http), [404]);
const lookUp = (at: AtVendor, message: Message) =>
  first(at.asked((http) => at.sheet.lookUp?.(message.channel, [message], new Date(), settings, http), [404]));
const declared = (at: AtVendor) => {
  const keys = [
    "data-source",
    "status:paid",
    "carrier:dhl",
    "manufacturer:Nordlicht",
    "event:shopify_checkout_started",
  ];
  const wanted = keys.map((key) => ({ key, body: { name: "x", code_name: "x" } }));
  return at.asked((http) => at.sheet.prepare?.declare(wanted, settings, http), [200, { data: [] }]);
};
export const shopimind: Documented = {
  slug: "shopimind",
  settings,
  figures: [
    ...from(OVERVIEW, [
      ["where the API is", `POST ${API}/customers`, async (at) => (await first(at.sent([saved(at)])))?.call],
      [
        "how the key travels",
        settings.apiKey,
        async (at) => (await first(at.sent([saved(at)])))?.headers["spm-api-key"],
      ],
      ["how many requests a key has", [{ requests: 600, per: "minute", scope: "key" }], ({ sheet }) => sheet.budgets],
      ["that a yes means accepted", "accepted", ({ sheet }) => sheet.deliveredAs],
      ["a 200", [{ is: "delivered" }], (at) => means(at, 200, { statusCode: 200, sent_count: 1, rejected_count: 0 })],
      [
        "a 400",
        [{ is: "split", onceMore: true, reason: saying("400") }],
        (at) => means(at, 400, { message: "Invalid" }),
      ],
      [
        "a 401",
        [{ is: "pause", scope: "connection", reason: saying("401") }],
        (at) => means(at, 401, { message: "No key" }),
      ],
      [
        "a 403",
        [{ is: "pause", scope: "channel", reason: saying("403") }],
        (at) => means(at, 403, { message: "No permission" }),
      ],
      [
        "a 404",
        [{ is: "pause", scope: "channel", reason: saying("404") }],
        (at) => means(at, 404, { message: "Not found" }),
      ],
      [
        "a 429",
        [{ is: "retry", reason: saying("429"), after: 9_000 }],
        (at) => means(at, 429, { message: "Slow" }, { "retry-after": "9" }),
      ],
      ["a 5XX", [{ is: "doubt", reason: saying("503") }], (at) => means(at, 503, { message: "Down" })],
    ]),
    ...from(REFERENCE, [
      [
        "what a key looks like",
        [true, true, false, false, false],
        (at) =>
          taken(at, "apiKey", [
            "a".repeat(20),
            `${"A-9".repeat(21)}z`,
            "a".repeat(19),
            "a".repeat(65),
            `${"a".repeat(20)}_`,
          ]),
      ],
      ["that many are a bare array", 2, async (at) => ((await first(at.sent(many(saved(at), 2))))?.json as []).length],
      [
        "that rejected_items name by index what was rejected",
        [{ is: "delivered" }, { is: "refused", reason: "email must be an email" }],
        (at) =>
          at.outcomes(many(saved(at), 2), 200, {
            ...{ statusCode: 200, sent_count: 1, rejected_count: 1 },
            rejected_items: [{ index: 1, errors: ["email must be an email"] }],
          }),
      ],
      [
        "that rejected_count counts them",
        [
          { is: "split", reason: saying("1 of 2 rejected") },
          { is: "split", reason: saying("1 of 2 rejected") },
        ],
        (at) => at.outcomes(many(saved(at), 2), 200, { statusCode: 200, rejected_count: 1 }),
      ],
      [
        "how many entries a list gives at most",
        [1, 0],
        async (at) => [
          (await at.asked((http) => resources.list(http, "orders", { limit: 100 }))).length,
          (await at.asked((http) => resources.list(http, "orders", { limit: 101 }))).length,
        ],
      ],
      [
        "where its lists are",
        ["contacts", "customers", "orders", "products", "carts"].map((name) => `GET ${API}/${name}`),
        async (at) => (await report(at)).map(({ call }) => call),
      ],
      ["how one entry is asked for", "1", async (at) => (await first(report(at)))?.query.limit],
      [
        "where one customer and one order are",
        [`GET ${API}/customers/6401230098`, `GET ${API}/orders/id/5500112233445`],
        async (at) => [(await lookUp(at, saved(at)))?.call, (await lookUp(at, ordered(at)))?.call],
      ],
      [
        "where things are declared",
        [
          "GET /data-sources",
          "POST /data-sources",
          "POST /orders-statuses",
          "POST /orders-carriers",
          "POST /products-manufacturers",
          "POST /events",
        ].map((call) => call.replace(" ", ` ${API}`)),
        async (at) => (await declared(at)).map(({ call }) => call),
      ],
    ]),
    ...shopimindCalls,
    ...shopimindFields,
  ],
};
