// Tolinku's own figures, query by query.
import type { Example } from "../../example.ts";
import { answers, overview } from "./sample-figures.ts";

const PATH = "/v1/api/analytics/ecommerce";
const PERIOD = "start=2026-11-01&end=2026-11-30";
const unit = "base currency";
const REVENUE = `Revenue (${unit})`;
const bars = (title: string, label: string, value: number) => ({
  title,
  kind: "bars" as const,
  ...(title.startsWith("Revenue") ? { unit } : {}),
  points: [{ label, value }],
});
const line = (title: string, value: number) => ({
  title,
  kind: "line" as const,
  ...(title.startsWith("Revenue") ? { unit } : {}),
  points: [{ label: "2026-11-01", value }],
});
const BASE = "All amounts are in the appspace's base currency, as Tolinku converted them.";
const asked = answers.map(([name]) => ({
  method: "GET" as const,
  path: `${PATH}/${name}?${PERIOD}${name === "top-products" ? "&limit=20" : ""}`,
}));
const words = ["spring-sale", "email", "newsletter"];

/** The queries by their names on the page. */
const OTHERS = [
  "Cart abandonment",
  "Overview",
  "Revenue by day",
  "Funnel",
  "Top products",
  "Revenue by channel",
  "Attribution",
  "Revenue by coupon",
  "Revenue by device",
  "Revenue by platform",
  "Revenue by country",
  "Cohorts",
];

const ORDERS = {
  by: "told" as const,
  timeZone: "UTC",
  zoneTold: false,
  since: "2026-11-01",
  days: [{ day: "2026-11-01", count: 8 }],
};

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
        { label: "Revenue in abandoned carts", value: "32000", unit },
        { label: "Completed carts", value: "238" },
        { label: "Revenue", value: "12450", unit },
        { label: "Net revenue", value: "11200", unit, help: "After refunds." },
        { label: "Orders", value: "245" },
        { label: "Refunds", value: "12" },
        { label: "Refunded", value: "1250", unit },
        { label: "Average order", value: "50.82", unit },
        { label: "Items sold", value: "512" },
        { label: "Add-to-cart rate", value: "32.1 %" },
        { label: "Average lifetime value", value: "82.5", unit },
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
          columns: ["Product", REVENUE, "Pieces", "Orders"],
          rows: [["Mug", "2499", "100", "85"]],
        },
        {
          title: "Revenue by channel",
          columns: ["Campaign", "Source", "Medium", REVENUE, "Orders", "Conversion"],
          rows: [[...words, "4500", "90", "3.2 %"]],
        },
        {
          title: "Attribution: last click, 30 days",
          columns: ["Campaign", "Source", "Medium", REVENUE, "Orders", "Share"],
          rows: [
            [...words, "4500", "90", "36.1 %"],
            ["(not attributed)", "", "", "2100", "45", ""],
          ],
        },
        {
          title: "Revenue by coupon",
          columns: ["Coupon", REVENUE, "Orders", "Average discount (base currency)"],
          rows: [["SAVE10", "1200", "40", "12.5"]],
        },
        {
          title: "Revenue by month of first purchase (base currency)",
          columns: ["Month", "Buyers", "+0", "+1"],
          rows: [
            ["2026-11", "120", "3200", ""],
            ["2026-10", "95", "2800", "1500"],
          ],
        },
      ],
      notes: [BASE],
      purchases: ORDERS,
    },
  },
  {
    name: "a range longer than the plan keeps says of which days its figures are; the currency is the one that is set",
    settings: { currency: "eur" },
    range: { from: "2026-10-01", to: "2026-11-30" },
    answers: answers.map(([name]) =>
      name === "overview"
        ? { status: 200, json: { ...overview, avg_order_value: null } }
        : { status: 500, json: { error: "Oops" } },
    ),
    requests: asked.map(({ path }) => ({ method: "GET" as const, path: path.replace("2026-11-01", "2026-10-01") })),
    reports: {
      figures: [
        { label: "Revenue", value: "12450", unit: "EUR" },
        { label: "Net revenue", value: "11200", unit: "EUR", help: "After refunds." },
        { label: "Orders", value: "245" },
        { label: "Refunds", value: "12" },
        { label: "Refunded", value: "1250", unit: "EUR" },
        { label: "Average order", value: "–", unit: "EUR" },
        { label: "Items sold", value: "512" },
        { label: "Add-to-cart rate", value: "32.1 %" },
      ],
      charts: [],
      tables: [],
      notes: [
        ...OTHERS.filter((name) => name !== "Overview").map((name) => `${name}: the vendor answered 500: “Oops”`),
        "These figures are of 30 days, 2026-11-01 to 2026-11-30, not of the 61 asked for: Tolinku's plan keeps no more.",
        BASE,
      ],
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
        ...OTHERS.filter((name) => !["Revenue by day", "Cohorts"].includes(name)).map(
          (name) =>
            `${name}: the appspace's plan has no ecommerce events: it needs a paid plan (“403 Not on your plan”)`,
        ),
        "Cohorts: Tolinku's answer cannot be read (the vendor answered 200, but not as its documentation promises (field: cohorts, total_purchasing_users))",
        BASE,
      ],
      purchases: ORDERS,
    },
  },
];
