// "Test connection", and the erasure of a person.
import type { Outcome } from "../../destination.ts";
import type { Checked, Example, ExampleAnswer } from "../../example.ts";

const PATH = "/v1/api/analytics/ecommerce";
const LIMIT = {
  ok: null,
  says: "Tolinku takes 1,000 requests a minute from this app's address, for all shops together",
};
const no = (status: number, error: string, code?: string) => ({ status, json: { error, ...(code ? { code } : {}) } });

const overview = {
  total_revenue: 12450,
  net_revenue: 11200,
  total_orders: 245,
  total_refunds: 12,
  refund_amount: 1250,
  avg_order_value: 50.82,
  total_items_sold: 512,
  cart_abandonment_rate: 68.5,
  add_to_cart_rate: 32.1,
  days: 30,
};

const check = (name: string, answer: ExampleAnswer, checks: Checked, settings = {}): Example => ({
  name,
  settings,
  answers: [answer],
  requests: [{ method: "GET", path: `${PATH}/overview` }],
  checks,
});
const forget = (
  name: string,
  forgets: string[],
  answers: ExampleAnswer[],
  paths: string[],
  outcome: Outcome,
): Example => ({
  name,
  forgets,
  answers,
  requests: paths.map((path) => ({ method: "DELETE", path: `/v1/api/analytics/user/${path}` })),
  outcome,
});
const gone = (id: string): ExampleAnswer => ({ status: 200, json: { ok: true, deleted_user_id: id } });

export const readExamples: Example[] = [
  check("a secret key with a plan is fine", { status: 200, json: overview }, [
    { ok: true, says: "The key is a valid secret key, and the plan includes ecommerce analytics" },
    LIMIT,
  ]),
  check("a key that is not valid", no(401, "Invalid or missing API key"), [
    { ok: false, says: "The API key is not valid (“401 Invalid or missing API key”)" },
    LIMIT,
  ]),
  check(
    "a publishable key may send, but not read",
    no(403, "This endpoint requires a secret API key"),
    [
      {
        ok: false,
        says: "This is a publishable key: figures and the erasure of a person need a secret key (tolk_sec_)",
      },
      { ok: null, says: "Whether it may send events is known with the first event" },
      LIMIT,
    ],
    { apiKey: "tolk_pub_example" },
  ),
  check("a plan without ecommerce", no(403, "This feature requires a paid plan", "FEATURE_GATED"), [
    {
      ok: false,
      says: "the appspace's plan has no ecommerce events: it needs a paid plan (“403 This feature requires a paid plan”)",
    },
    LIMIT,
  ]),
  check("an address that is not Tolinku's", { status: 200, text: "<html>Welcome</html>" }, [
    {
      ok: false,
      says: "The address answers, but not as Tolinku does (the vendor answered 200, but not as its documentation promises)",
    },
  ]),
  forget(
    "every id that a person was sent under is erased",
    ["6401230098", "visitor/7"],
    [gone("6401230098"), gone("visitor/7")],
    ["6401230098", "visitor%2F7"],
    {
      is: "delivered",
    },
  ),
  forget("who is not there is erased already", ["6401230098"], [no(404, "Not found")], ["6401230098"], {
    is: "delivered",
  }),
  forget(
    "a publishable key erases nobody, and that is said",
    ["6401230098", "visitor-7f3a"],
    [no(403, "This endpoint requires a secret API key")],
    ["6401230098"],
    { is: "pause", scope: "channel", reason: "the vendor answered 403: “This endpoint requires a secret API key”" },
  ),
];
