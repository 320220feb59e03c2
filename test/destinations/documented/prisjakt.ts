// What Prisjakt documents: the reference, and the newer pages that name the paths.
import { amounts, CLICK, order, source } from "../../../app/destinations/samples.ts";
import type { AtVendor, Says } from "../../support/at-vendor.ts";
import { DAY, type Documented, from, repeated, saying, taken } from "./figure.ts";
import { prisjaktPaths } from "./prisjakt-paths.ts";

const REFERENCE = "conversion.prisjakt.nu (Click and Conversion API reference)";
const GUIDE = "developer.prisjakt.nu (conversion tracking)";
const LIMITS = "the older reference's rate limits";
const PIXEL = "52907745-7672-470e-a803-a2f8feb52944";
const settings = {
  pixelId: PIXEL,
  clientId: "example-client",
  clientSecret: "example-secret",
  shopId: "123456",
  baseUrl: "",
};
const UUID = ["239cd31f-9d43-4cb4-b8dc-2057fe18c289", "239cd31f-9d43-1cb4-b8dc-2057fe18c289"];

const clicked = (id: string, at: string | null = null, currency = "EUR") => ({
  order: order({ source: source({ clicks: { pjclid: { id, at } } }), amounts: amounts({ currency }) }),
});
const purchase = (at: AtVendor) => at.message("order.placed", clicked(CLICK));
const first = async (at: AtVendor) => (await at.sent([purchase(at)], [201]))[0];
const means = (at: AtVendor, ...says: Says) => at.outcomes([purchase(at)], ...says);
const no = (status: number, detail = "No"): Says => [status, { title: "A problem", status, detail }];
const isSent = (at: AtVendor, ...click: Parameters<typeof clicked>) =>
  at.skips("order.placed", clicked(...click)) === null;
/** The order was placed on 2026-11-21. */
const clickedOn = (at: AtVendor, day: string) => isSent(at, CLICK, `${day}T08:30:00Z`);
const lookUp = (at: AtVendor, ...says: Says[]) =>
  at.asked((http) => at.sheet.lookUp?.("purchase", [purchase(at)], new Date(), settings, http), ...says);
const report = (at: AtVendor, from: string) =>
  at.asked((http) => at.sheet.report?.({ from, to: "2026-11-21" }, settings, http), [500]);

export const prisjakt: Documented = {
  slug: "prisjakt",
  settings,
  figures: [
    ...prisjaktPaths,
    ...from(GUIDE, [
      ["where the API is", "https://api.pj.nu/click-conversion", ({ sheet }) => sheet.baseUrl(settings)],
      [
        "that the form offers that address",
        "https://api.pj.nu/click-conversion",
        ({ sheet }) => sheet.fields.baseUrl?.default,
      ],
      [
        "which currencies are taken",
        [true, true, true, true, true, true, false, false],
        (at) => ["DKK", "EUR", "GBP", "NOK", "NZD", "SEK", "USD", "PLN"].map((code) => isSent(at, CLICK, null, code)),
      ],
      [
        "that a purchase counts for 30 days after its click",
        [true, false],
        (at) => ["2026-10-23", "2026-10-21"].map((day) => clickedOn(at, day)),
      ],
      [
        "that the click id is the parameter pjclid",
        "no click id: the buyer did not come from Prisjakt",
        (at) =>
          at.skips("order.placed", {
            order: order({ source: source({ clicks: { gclid: { id: CLICK, at: null } } }) }),
          }),
      ],
    ]),
    ...from(LIMITS, [
      [
        "how many requests a client has",
        [{ requests: 10_000, per: "hour", scope: "key" }],
        ({ sheet }) => sheet.budgets,
      ],
      [
        "that a 429 tells in X-RateLimit-Reset how many milliseconds to wait",
        [{ is: "retry", reason: saying("429"), after: 45_000 }],
        (at) => means(at, 429, { title: "Too many" }, { "x-ratelimit-reset": "45000" }),
      ],
    ]),
    ...from(REFERENCE, [
      [
        "that one event goes with the client's id alone",
        ["example-client", undefined],
        async (at) => {
          const headers = (await first(at))?.headers ?? {};
          return [headers["client-id"], headers["client-secret"]];
        },
      ],
      [
        "that all else goes with the client's secret",
        ["example-client", "example-secret"],
        async (at) => {
          const [asked] = await lookUp(at, [500]);
          return [asked?.headers["client-id"], asked?.headers["client-secret"]];
        },
      ],
      ["that one event is a request", 1, ({ sheet }) => sheet.channels.purchase?.batch],
      [
        "the fields of an event",
        {
          event_name: "purchase",
          event_time: "2026-11-21T08:30:00Z",
          external_event_id: "5500112233445",
          data: { number_of_items: 2, currency: "EUR", amount: 29.9 },
          signed_click_id: CLICK,
        },
        async (at) => (await first(at))?.json,
      ],
      ["what a pixel's id looks like", [true, false], (at) => taken(at, "pixelId", UUID)],
      [
        "which shop ids there are",
        [true, true, false, false],
        (at) => taken(at, "shopId", ["1", "999999", "0", "1000000"]),
      ],
      [
        "what a signed click id looks like: a UUID, and 16 characters behind a _",
        [true, false, false, false],
        (at) =>
          [
            `${UUID[0]}_1b05fa7f1c34d125`,
            `${UUID[0]}_1b05fa7f1c34d12`,
            `${UUID[1]}_1b05fa7f1c34d125`,
            `${UUID[0]}-1b05fa7f1c34d125`,
          ].map((id) => isSent(at, id)),
      ],
      [
        "that an event's id is known for 30 days",
        ["send again", "look up"],
        (at) => repeated(at, "purchase", 30 * DAY, settings),
      ],
      ["a 201", [{ is: "delivered" }], (at) => means(at, 201)],
      [
        "a 400, which names its fields",
        [{ is: "refused", reason: "400 A problem: data.amount: must be a number" }],
        (at) =>
          means(at, 400, {
            title: "A problem",
            field_errors: { "data.amount": { message: "must be a number", value: "x" } },
          }),
      ],
      ["a 401", [{ is: "pause", scope: "connection", reason: saying("401") }], (at) => means(at, ...no(401))],
      [
        "a 403",
        [{ is: "pause", scope: "channel", reason: saying("event_publisher or shop_user") }],
        (at) => means(at, ...no(403)),
      ],
      [
        "a 404",
        [{ is: "pause", scope: "channel", reason: saying("does not know this pixel") }],
        (at) => means(at, ...no(404)),
      ],
      ["a 409: it has it", [{ is: "delivered", alreadyHad: true }], (at) => means(at, ...no(409))],
      [
        "what a no says in title and detail",
        [{ is: "refused", reason: "400 A problem: No" }],
        (at) => means(at, ...no(400)),
      ],
      [
        "how many entries a page has, and how they are asked for",
        { page: "1", per_page: "100" },
        async (at) => {
          const { page, per_page } = (await lookUp(at, [500]))[0]?.query ?? {};
          return { page, per_page };
        },
      ],
      [
        "that the header Link says next where there is another page",
        ["1", "2"],
        async (at) =>
          (await lookUp(at, [200, [], { link: '<https://x/y?page=2>; rel="next"' }], [200, []])).map(
            ({ query }) => query.page,
          ),
      ],
      [
        "that a look-up asks over 60 days at most",
        60,
        async (at) => {
          const { from = "", to = "" } = (await lookUp(at, [500]))[0]?.query ?? {};
          return (Date.parse(to) - Date.parse(from)) / DAY;
        },
      ],
      [
        "that figures are given over 60 days at most",
        ["2026-09-23T00:00:00Z", "2026-11-21T23:59:59Z"],
        async (at) => {
          const { from, to } = (await report(at, "2026-01-01"))[0]?.query ?? {};
          return [from, to];
        },
      ],
    ]),
  ],
};
