// What Tolinku documents.
import type { Message } from "../../../app/destinations/destination.ts";
import * as to from "../../../app/destinations/tolinku/client.ts";
import type { AtVendor, Says } from "../../support/at-vendor.ts";
import { type Documented, from, HOUR, repeated } from "./figure.ts";
import { tolinkuAnswers } from "./tolinku-answers.ts";

const PAGE = "tolinku.com/docs (ecommerce)";
const settings = { domain: "your-app.tolinku.com", apiKey: "tolk_sec_example", currency: "EUR" };
const API = "https://your-app.tolinku.com/v1/api/analytics";

const purchase = (at: AtVendor) => at.message("order.placed");
const first = async (at: AtVendor) => (await at.sent([purchase(at)]))[0];
const body = ({ body }: Message) => body as Record<string, unknown>;
const event = purchaseOf();
function purchaseOf(): to.EcommerceEvent {
  return { event_type: "purchase", transaction_id: "order_456", revenue: 49.99 };
}
const report = (at: AtVendor) =>
  at.asked((http) => at.sheet.report?.({ from: "2026-01-01", to: "2026-01-31" }, settings, http), [500]);
const reported = async (at: AtVendor, name: string) =>
  (await report(at)).find(({ call }) => call.endsWith(`/ecommerce/${name}`))?.query;
const lookUp = (at: AtVendor, ...says: Says[]) =>
  at.asked((http) => at.sheet.lookUp?.("commerce", [purchase(at)], new Date(), settings, http), ...says);
async function found(at: AtVendor, transaction_id: string) {
  let answer: unknown[] | undefined;
  const says: Says = [200, { events: [{ event_type: "purchase", transaction_id }], user_id: "6401230098" }];
  await at.asked(async (http) => {
    answer = await at.sheet.lookUp?.("commerce", [purchase(at)], new Date(), settings, http);
  }, says);
  return answer?.[0];
}

export const tolinku: Documented = {
  slug: "tolinku",
  settings,
  figures: [
    ...from(PAGE, [
      ["where many events are posted", `POST ${API}/ecommerce/batch`, async (at) => (await first(at))?.call],
      [
        "where one event is posted",
        `POST ${API}/ecommerce/track`,
        async (at) => (await at.asked((http) => to.track(http, event)))[0]?.call,
      ],
      [
        "where a user is erased",
        `DELETE ${API}/user/user_123`,
        async (at) => (await at.asked((http) => at.sheet.forget?.(["user_123"], settings, http)))[0]?.call,
      ],
      [
        "where the figures are",
        [
          ...[
            "attribution",
            "cart-abandonment",
            "cohorts",
            "funnel",
            "overview",
            "revenue-by-channel",
            "revenue-by-country",
          ],
          ...["revenue-by-coupon", "revenue-by-device", "revenue-by-platform", "revenue-timeseries", "top-products"],
        ].map((name) => `GET ${API}/ecommerce/${name}`),
        async (at) => (await report(at)).map(({ call }) => call).sort(),
      ],
      [
        "where one user's events are",
        [`GET ${API}/ecommerce/user-journey`, { user_id: "6401230098" }],
        async (at) => {
          const [asked] = await lookUp(at, [500]);
          return [asked?.call, asked?.query];
        },
      ],
      [
        "by which field a transaction is found there",
        ["there", "not there"],
        async (at) => [await found(at, "5500112233445"), await found(at, "other")],
      ],
      [
        "that figures are asked for from start to end",
        { start: "2026-01-01", end: "2026-01-31" },
        (at) => reported(at, "overview"),
      ],
      ["how many top products are asked for", "20", async (at) => (await reported(at, "top-products"))?.limit],
      ["that events are a list under events", ["events"], async (at) => Object.keys((await first(at))?.json as object)],
      [
        "how many events a request may have",
        [100, 100],
        ({ sheet }) => [sheet.channels.commerce?.batch, sheet.channels.behaviour?.batch],
      ],
      [
        "that a transaction counts once in 24 hours",
        ["send again", "look up"],
        (at) => repeated(at, "commerce", 24 * HOUR),
      ],
      ["that nothing else is known a second time", "unknown", ({ sheet }) => sheet.inDoubt("behaviour", 0, settings)],
      [
        "the names of its events",
        ["purchase", "refund", "add_to_cart", "begin_checkout", "add_payment_info", "view_item", "view_cart", "search"],
        (at) =>
          [
            purchase(at),
            at.message("order.refunded"),
            at.message("cart.created"),
            at.message("checkout.started"),
            at.message("checkout.payment_info_given"),
            at.message("product.viewed"),
            at.message("cart.viewed"),
            at.message("search.submitted"),
          ].map((message) => body(message).event_type),
      ],
      [
        "the fields of a purchase",
        {
          ...{ event_type: "purchase", transaction_id: "5500112233445", revenue: 29.9, currency: "EUR" },
          ...{ user_id: "6401230098", cart_id: "c1-3f9a77", discount: 0, shipping: 4.9, tax: 4.77 },
          items: [
            {
              ...{
                item_id: "41220003334445",
                item_name: "Stoneware mug",
                item_brand: "Nordlicht",
                item_variant: "Blue",
              },
              ...{ price: 12.5, quantity: 2, currency: "EUR" },
            },
          ],
          properties: { order_id: "5500112233445" },
        },
        async (at) => ((await first(at))?.json as { events: unknown[] }).events[0],
      ],
      [
        "that a search's words are search_term in properties",
        { search_term: "blue mug" },
        (at) => body(at.message("search.submitted")).properties,
      ],
    ]),
    ...tolinkuAnswers,
  ],
};
