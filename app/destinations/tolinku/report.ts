// Tolinku's own figures: twelve of its thirteen queries as figures, charts and tables; the thirteenth asks about one user.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Http, Range, Report } from "../destination.ts";
import * as ask from "./queries.ts";
import { planWords } from "./send.ts";

type Part = Partial<Report>;
const NOBODY = "(none)";
const BASE_CURRENCY = "All amounts are in the appspace's base currency, as Tolinku converted them.";
const percent = (rate: number) => `${rate} %`;

/** One query that is refused, or answered otherwise than documented, becomes a note; the others are shown. */
export async function report(range: Range, http: Http): Promise<Report> {
  const period = { start: range.from, end: range.to };
  const parts = await Promise.all(
    Object.entries(queries).map(([name, query]) => query(http, period).catch((error: unknown) => noteOf(name, error))),
  );
  return {
    figures: parts.flatMap((part) => part.figures ?? []),
    charts: parts.flatMap((part) => part.charts ?? []),
    tables: parts.flatMap((part) => part.tables ?? []),
    notes: [...parts.flatMap((part) => part.notes ?? []), BASE_CURRENCY],
  };
}

function noteOf(name: string, error: unknown): Part {
  if (error instanceof SaidNo) return { notes: [`${name}: ${planWords(error.answer)}`] };
  if (error instanceof NotAsDocumented)
    return { notes: [`${name}: Tolinku's answer cannot be read (${error.message})`] };
  throw error;
}

const queries: Record<string, (http: Http, period: { start: string; end: string }) => Promise<Part>> = {
  "Cart abandonment": async (http, period) => {
    const carts = await ask.cartAbandonment(http, period);
    return {
      figures: [
        { label: "Cart abandonment", value: percent(carts.abandonment_rate) },
        { label: "Abandoned carts", value: String(carts.abandoned_carts) },
        { label: "Revenue in abandoned carts", value: String(carts.abandoned_revenue) },
        { label: "Completed carts", value: String(carts.completed_carts) },
      ],
    };
  },
  Overview: async (http, period) => {
    const sum = await ask.overview(http, period);
    return {
      figures: [
        { label: "Revenue", value: String(sum.total_revenue) },
        { label: "Net revenue", value: String(sum.net_revenue), help: "After refunds." },
        { label: "Orders", value: String(sum.total_orders) },
        { label: "Refunds", value: String(sum.total_refunds) },
        { label: "Refunded", value: String(sum.refund_amount) },
        { label: "Average order", value: String(sum.avg_order_value) },
        { label: "Items sold", value: String(sum.total_items_sold) },
        { label: "Add-to-cart rate", value: percent(sum.add_to_cart_rate) },
      ],
    };
  },
  "Revenue by day": async (http, period) => {
    const { series } = await ask.revenueTimeseries(http, period);
    const points = (key: "revenue" | "orders") => series.map((day) => ({ label: day.date, value: day[key] }));
    return {
      charts: [
        { title: "Revenue by day", kind: "line", points: points("revenue") },
        { title: "Orders by day", kind: "line", points: points("orders") },
      ],
    };
  },
  Funnel: async (http, period) => {
    const { steps } = await ask.funnel(http, period);
    const points = steps.map((step) => ({ label: step.name.replaceAll("_", " "), value: step.count }));
    return { charts: [{ title: "From view to purchase", kind: "bars", points }] };
  },
  "Top products": async (http, period) => {
    const { products } = await ask.topProducts(http, { ...period, limit: 20 });
    const rows = products.map((it) => [it.item_name ?? it.item_id, it.revenue, it.quantity, it.orders].map(String));
    return { tables: [{ title: "Top products", columns: ["Product", "Revenue", "Pieces", "Orders"], rows }] };
  },
  "Revenue by channel": async (http, period) => {
    const { channels } = await ask.revenueByChannel(http, period);
    const rows = channels.map((it) => [
      ...campaignOf(it),
      String(it.revenue),
      String(it.orders),
      percent(it.conversion_rate),
    ]);
    const columns = ["Campaign", "Source", "Medium", "Revenue", "Orders", "Conversion"];
    return { tables: [{ title: "Revenue by channel", columns, rows }] };
  },
  Attribution: async (http, period) => {
    const { attributed, unattributed } = await ask.attribution(http, period);
    const rows = attributed.map((it) => [
      ...campaignOf(it),
      String(it.revenue),
      String(it.orders),
      percent(it.pct_of_total),
    ]);
    const rest = ["(not attributed)", "", "", String(unattributed.revenue), String(unattributed.orders), ""];
    const columns = ["Campaign", "Source", "Medium", "Revenue", "Orders", "Share"];
    return { tables: [{ title: "Attribution: last click, 30 days", columns, rows: [...rows, rest] }] };
  },
  "Revenue by coupon": async (http, period) => {
    const { coupons } = await ask.revenueByCoupon(http, period);
    const rows = coupons.map((it) => [it.coupon_code, String(it.revenue), String(it.orders), String(it.avg_discount)]);
    const columns = ["Coupon", "Revenue", "Orders", "Average discount"];
    return { tables: [{ title: "Revenue by coupon", columns, rows }] };
  },
  "Revenue by device": async (http, period) => {
    const { devices } = await ask.revenueByDevice(http, period);
    return bars("Revenue by device", devices, (it) => it.device_type);
  },
  "Revenue by platform": async (http, period) => {
    const { platforms } = await ask.revenueByPlatform(http, period);
    return bars("Revenue by platform", platforms, (it) => it.platform);
  },
  "Revenue by country": async (http, period) => {
    const { countries } = await ask.revenueByCountry(http, period);
    return bars("Revenue by country", countries, (it) => it.country);
  },
  Cohorts: async (http, period) => {
    const { cohorts, avg_ltv, total_purchasing_users } = await ask.cohorts(http, period);
    const months = Math.max(0, ...cohorts.flatMap((it) => Object.keys(it.revenue_by_month).map(Number))) + 1;
    const ages = Array.from({ length: months }, (_, age) => String(age));
    const rows = cohorts.map((it) => [
      it.month,
      String(it.users),
      ...ages.map((age) => String(it.revenue_by_month[age] ?? "")),
    ]);
    return {
      figures: [
        { label: "Average lifetime value", value: String(avg_ltv) },
        { label: "Buyers", value: String(total_purchasing_users) },
      ],
      tables: [
        {
          title: "Revenue by month of first purchase",
          columns: ["Month", "Buyers", ...ages.map((age) => `+${age}`)],
          rows,
        },
      ],
    };
  },
};

const campaignOf = (it: { campaign?: string | null; source?: string | null; medium?: string | null }) =>
  [it.campaign, it.source, it.medium].map((part) => part || NOBODY);

function bars<Row extends { revenue: number }>(
  title: string,
  rows: Row[],
  label: (row: Row) => string | null | undefined,
): Part {
  return {
    charts: [{ title, kind: "bars", points: rows.map((row) => ({ label: label(row) || NOBODY, value: row.revenue })) }],
  };
}
