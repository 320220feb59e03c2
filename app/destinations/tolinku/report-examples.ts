// Tolinku's own figures, query by query.
import type { Example } from "../example.ts";

const PATH = "/v1/api/analytics/ecommerce";
const PERIOD = "start=2026-11-01&end=2026-11-30";
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

const campaign = { campaign: "spring-sale", source: "email", medium: "newsletter", revenue: 4500, orders: 90 };
/** In the order in which the queries are asked. */
const answers: [string, object][] = [
  [
    "cart-abandonment",
    { abandonment_rate: 68.5, abandoned_carts: 520, abandoned_revenue: 32000, completed_carts: 238 },
  ],
  ["overview", overview],
  ["revenue-timeseries", { series: [{ date: "2026-11-01", revenue: 450.5, orders: 8 }] }],
  ["funnel", { steps: [{ name: "view_item", count: 5000, percentage: 100 }] }],
  [
    "top-products",
    { products: [{ item_id: "41220003334445", item_name: "Mug", revenue: 2499, quantity: 100, orders: 85 }] },
  ],
  ["revenue-by-channel", { channels: [{ ...campaign, conversion_rate: 3.2 }] }],
  [
    "attribution",
    {
      attributed: [{ ...campaign, pct_of_total: 36.1 }],
      unattributed: { revenue: 2100, orders: 45 },
      model: "last_click",
      window_days: 30,
    },
  ],
  ["revenue-by-coupon", { coupons: [{ coupon_code: "SAVE10", revenue: 1200, orders: 40, avg_discount: 12.5 }] }],
  ["revenue-by-device", { devices: [{ device_type: "mobile", revenue: 8200, orders: 165 }] }],
  ["revenue-by-platform", { platforms: [{ platform: "web", revenue: 2050, orders: 37 }] }],
  ["revenue-by-country", { countries: [{ country: null, revenue: 9200, orders: 185 }] }],
  [
    "cohorts",
    {
      cohorts: [
        { month: "2026-11", users: 120, revenue_by_month: { "0": 3200 } },
        { month: "2026-10", users: 95, revenue_by_month: { "0": 2800, "1": 1500 } },
      ],
      avg_ltv: 82.5,
      total_purchasing_users: 580,
    },
  ],
];
const bars = (title: string, label: string, value: number) => ({
  title,
  kind: "bars" as const,
  points: [{ label, value }],
});
const line = (title: string, value: number) => ({
  title,
  kind: "line" as const,
  points: [{ label: "2026-11-01", value }],
});
const BASE = "All amounts are in the appspace's base currency, as Tolinku converted them.";
const asked = answers.map(([name]) => ({
  method: "GET" as const,
  path: `${PATH}/${name}?${PERIOD}${name === "top-products" ? "&limit=20" : ""}`,
}));
const words = ["spring-sale", "email", "newsletter"];

export const reportExamples: Example[] = [
  {
    name: "twelve queries make the report, cart abandonment among the first",
    range: { from: "2026-11-01", to: "2026-11-30" },
    answers: answers.map(([, json]) => ({ status: 200, json })),
    requests: asked,
    reports: {
      figures: [
        { label: "Cart abandonment", value: "68.5 %" },
        { label: "Abandoned carts", value: "520" },
        { label: "Revenue in abandoned carts", value: "32000" },
        { label: "Completed carts", value: "238" },
        { label: "Revenue", value: "12450" },
        { label: "Net revenue", value: "11200", help: "After refunds." },
        { label: "Orders", value: "245" },
        { label: "Refunds", value: "12" },
        { label: "Refunded", value: "1250" },
        { label: "Average order", value: "50.82" },
        { label: "Items sold", value: "512" },
        { label: "Add-to-cart rate", value: "32.1 %" },
        { label: "Average lifetime value", value: "82.5" },
        { label: "Buyers", value: "580" },
      ],
      charts: [
        line("Revenue by day", 450.5),
        line("Orders by day", 8),
        bars("From view to purchase", "view item", 5000),
        bars("Revenue by device", "mobile", 8200),
        bars("Revenue by platform", "web", 2050),
        bars("Revenue by country", "(none)", 9200),
      ],
      tables: [
        {
          title: "Top products",
          columns: ["Product", "Revenue", "Pieces", "Orders"],
          rows: [["Mug", "2499", "100", "85"]],
        },
        {
          title: "Revenue by channel",
          columns: ["Campaign", "Source", "Medium", "Revenue", "Orders", "Conversion"],
          rows: [[...words, "4500", "90", "3.2 %"]],
        },
        {
          title: "Attribution: last click, 30 days",
          columns: ["Campaign", "Source", "Medium", "Revenue", "Orders", "Share"],
          rows: [
            [...words, "4500", "90", "36.1 %"],
            ["(not attributed)", "", "", "2100", "45", ""],
          ],
        },
        {
          title: "Revenue by coupon",
          columns: ["Coupon", "Revenue", "Orders", "Average discount"],
          rows: [["SAVE10", "1200", "40", "12.5"]],
        },
        {
          title: "Revenue by month of first purchase",
          columns: ["Month", "Buyers", "+0", "+1"],
          rows: [
            ["2026-11", "120", "3200", ""],
            ["2026-10", "95", "2800", "1500"],
          ],
        },
      ],
      notes: [BASE],
    },
  },
  {
    name: "queries that the plan lacks, or that answer otherwise than documented, are notes beside the others",
    range: { from: "2026-11-01", to: "2026-11-30" },
    answers: answers.map(([name, json]) => {
      if (name === "revenue-timeseries") return { status: 200, json };
      return name === "cohorts"
        ? { status: 200, json: { cohorts: "soon" } }
        : { status: 403, json: { error: "Not on your plan", code: "FEATURE_GATED" } };
    }),
    requests: asked,
    reports: {
      figures: [],
      charts: [line("Revenue by day", 450.5), line("Orders by day", 8)],
      tables: [],
      notes: [
        ...[
          "Cart abandonment",
          "Overview",
          "Funnel",
          "Top products",
          "Revenue by channel",
          "Attribution",
          "Revenue by coupon",
          "Revenue by device",
          "Revenue by platform",
          "Revenue by country",
        ].map(
          (name) => `${name}: 403 Not on your plan: the appspace's plan has no ecommerce events: it needs a paid plan`,
        ),
        "Cohorts: Tolinku's answer cannot be read (200, but cohorts: Invalid input: expected array, received string; avg_ltv: Invalid input: expected number, received undefined; total_purchasing_users: Invalid input: expected number, received undefined)",
        BASE,
      ],
    },
  },
];
