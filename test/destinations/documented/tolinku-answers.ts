// What Tolinku's answers mean, and how it counts requests.
import type { AtVendor, Says } from "../../support/at-vendor.ts";
import { asTold } from "../../support/told.ts";
import { type Figure, from, many, saying, taken } from "./figure.ts";

const PAGE = "tolinku.com/docs (ecommerce)";
const KEYS = "tolinku.com/docs (authentication)";
const LIMITS = "tolinku.com/docs (rate limits)";
const ERRORS = "tolinku.com/docs (errors)";
const settings = { domain: "your-app.tolinku.com", apiKey: "tolk_sec_example", currency: "EUR" };
const purchase = (at: AtVendor) => at.message("order.placed");
const means = (at: AtVendor, ...says: Says) => at.outcomes([purchase(at)], ...says);

export const tolinkuAnswers: Figure[] = [
  ...from(PAGE, [
    [
      "that ok and accepted are a yes",
      [{ is: "delivered" }, { is: "delivered" }],
      (at) => at.outcomes(many(purchase(at), 2), 200, { ok: true, accepted: 2 }),
    ],
    [
      "that errors name what was left out by its place",
      [{ is: "refused", reason: "transaction_id is required for purchase events" }, { is: "delivered" }],
      (at) =>
        at.outcomes(many(purchase(at), 2), 200, {
          ...{ ok: true, accepted: 1 },
          errors: ["events[0]: transaction_id is required for purchase events"],
        }),
    ],
    [
      "that anything but ok is no yes",
      [{ is: "doubt", reason: saying("ok") }],
      (at) => means(at, 200, { ok: false, accepted: 1 }),
    ],
    [
      "a 400",
      [{ is: "split", reason: saying("Maximum 100") }],
      (at) => means(at, 400, { error: "Maximum 100 events per batch" }),
    ],
    [
      "a 403 of the free tier",
      [{ is: "pause", scope: "channel", reason: saying("needs a paid plan") }],
      (at) => means(at, 403, { error: "Ecommerce events are not available on the free tier" }),
    ],
    [
      "a 429 for the quota, which no waiting mends",
      [{ is: "pause", scope: "channel", reason: saying("used up") }],
      (at) => means(at, 429, { error: "Ecommerce event quota exceeded" }),
    ],
  ]),
  ...from(KEYS, [
    ["how the key travels", "tolk_sec_example", async (at) => (await at.sent([purchase(at)]))[0]?.headers["x-api-key"]],
    ["what a key looks like", [true, true, false], (at) => taken(at, "apiKey", ["tolk_sec_x", "tolk_pub_x", "tolk_x"])],
    ["that the address is the appspace's own", "https://your-app.tolinku.com", ({ sheet }) => sheet.baseUrl(settings)],
  ]),
  ...from(LIMITS, [
    [
      "how many requests an address has",
      [{ requests: 1_000, per: "minute", scope: "address" }],
      ({ sheet }) => sheet.budgets,
    ],
    [
      "that a 429 tells in RateLimit-Reset how many seconds to wait",
      [{ is: "retry", reason: saying("Too many requests"), after: 12_000 }],
      (at) => means(at, 429, { error: "Too many requests. Please slow down." }, { "ratelimit-reset": "12" }),
    ],
    [
      "which header warns of the plan's limit",
      [saying("85 %"), null],
      ({ sheet }) =>
        ["x-usage-warning", "x-warning"].map((name) =>
          asTold(sheet.warns?.({ status: 200, headers: new Headers({ [name]: "85%" }), text: "", json: null })),
        ),
    ],
  ]),
  ...from(ERRORS, [
    [
      "the codes of a 403",
      [saying("needs a paid plan"), saying("used up its plan"), saying("because of its billing")],
      async (at) => {
        const outcomes = [];
        for (const code of ["FEATURE_GATED", "USAGE_EXCEEDED", "APPSPACE_FROZEN"])
          outcomes.push(...(await means(at, 403, { error: "No", code })));
        return outcomes.map((outcome) => ("reason" in outcome ? outcome.reason : null));
      },
    ],
    [
      "a 401",
      [{ is: "pause", scope: "connection", reason: saying("401") }],
      (at) => means(at, 401, { error: "Invalid API key" }),
    ],
  ]),
];
