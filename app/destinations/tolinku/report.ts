// Tolinku's own figures: twelve of its thirteen queries as figures, charts and tables; the thirteenth asks about one user.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Http, Range, Report } from "../destination.ts";
import { keptLess, ORDERS_BY_DAY, purchasesOf } from "./days.ts";
import * as ask from "./queries.ts";
import { planWords } from "./send.ts";

type Part = Partial<Report>;
const NOBODY = "(none)";
const BASE_CURRENCY = "All amounts are in the appspace's base currency, as Tolinku converted them.";
/** Where the settings do not name it: Tolinku does not tell it. */
const UNNAMED = "base currency";
const percent = (rate: number | null | undefined) => (typeof rate === "number" ? `${rate} %` : NOTHING);
const plain = (value: number | null | undefined) => String(value ?? NOTHING);
const NOTHING = "–";

/** One query that is refused, or answered otherwise than documented, becomes a note; the others are shown. */
export async function report(range: Range, currency: string, http: Http): Promise<Report> {
  const asked: Asked = {
    period: { start: range.from, end: range.to },
    unit: (currency || "").toUpperCase() || UNNAMED,
  };
  const told: number[] = [];
  const listening: Http = async (request) => {
    const answer = await http(request);
    const { days } = (answer.json ?? {}) as { days?: unknown };
    if (typeof days === "number" && days > 0) told.push(days);
    return answer;
  };
  const parts = await Promise.all(
    Object.entries(queries).map(([name, query]) =>
      query(listening, asked).catch((error: unknown) => noteOf(name, error)),
    ),
  );
  const purchases = purchasesOf(
    parts.flatMap(({ charts = [] }) => charts),
    range,
    told,
  );
  return {
    figures: parts.flatMap((part) => part.figures ?? []),
    charts: parts.flatMap((part) => part.charts ?? []),
    tables: parts.flatMap((part) => part.tables ?? []),
    notes: [...parts.flatMap((part) => part.notes ?? []), ...keptLess(range, told), BASE_CURRENCY],
    ...(purchases ? { purchases } : {}),
  };
}

function noteOf(name: string, error: unknown): Part {
  if (error instanceof SaidNo) return { notes: [`${name}: ${planWords(error.answer)}`] };
  if (error instanceof NotAsDocumented)
    return { notes: [`${name}: Tolinku's answer cannot be read (${error.message})`] };
  throw error;
}

interface Asked {
  period: { start: string; end: string };
  /** What amounts are in. */
  unit: string;
}
const queries: Record<string, (http: Http, asked: Asked) => Promise<Part>> = {
  "Cart abandonment": async (http, { period, unit }) => {
    const carts = await ask.cartAbandonment(http, period);
    return {
      figures: [
        { label: "Cart abandonment", value: percent(carts.abandonment_rate) },
        { label: "Abandoned carts", value: String(carts.abandoned_carts) },
        { label: "Revenue in abandoned carts", value: plain(carts.abandoned_revenue), unit },
        { label: "Completed carts", value: String(carts.completed_carts) },
      ],
    };
  },
  Overview: async (http, { period, unit }) => {
    const sum = await ask.overview(http, period);
    return {
      figures: [
        { label: "Revenue", value: plain(sum.total_revenue), unit },
        { label: "Net revenue", value: plain(sum.net_revenue), unit, help: "After refunds." },
        { label: "Orders", value: String(sum.total_orders) },
        { label: "Refunds", value: String(sum.total_refunds) },
        { label: "Refunded", value: plain(sum.refund_amount), unit },
        { label: "Average order", value: plain(sum.avg_order_value), unit },
        { label: "Items sold", value: String(sum.total_items_sold) },
        { label: "Add-to-cart rate", value: percent(sum.add_to_cart_rate) },
      ],
    };
  },
  "Revenue by day": async (http, { period, unit }) => {
    const { series } = await ask.revenueTimeseries(http, period);
    const points = (key: "revenue" | "orders") => series.map((day) => ({ label: day.date, value: day[key] }));
    return {
      charts: [
        { title: "Revenue by day", kind: "line", unit, points: points("revenue") },
        { title: ORDERS_BY_DAY, kind: "line", points: points("orders") },
      ],
    };
  },
  Funnel: async (http, { period }) => {
    const { steps } = await ask.funnel(http, period);
    const points = steps.map((step) => ({ label: step.name.replaceAll("_", " "), value: step.count }));
    return { charts: [{ title: "From view to purchase", kind: "bars", points }] };
  },
  "Top products": async (http, { period, unit }) => {
    const { products } = await ask.topProducts(http, { ...period, limit: 20 });
    const names = products.map((it) => it.item_name ?? it.item_id);
    // Variants have one name: each is told apart by its id.
    const nameOf = (it: (typeof products)[number]) => {
      const name = it.item_name || it.item_id;
      return names.filter((one) => one === name).length > 1 ? `${name} (${it.item_id})` : name;
    };
    const rows = products.map((it) => [nameOf(it), it.revenue, it.quantity, it.orders].map(String));
    return { tables: [{ title: "Top products", columns: ["Product", `Revenue (${unit})`, "Pieces", "Orders"], rows }] };
  },
  "Revenue by channel": async (http, { period, unit }) => {
    const { channels } = await ask.revenueByChannel(http, period);
    const rows = channels.map((it) => [
      ...campaignOf(it),
      String(it.revenue),
      String(it.orders),
      percent(it.conversion_rate),
    ]);
    const columns = ["Campaign", "Source", "Medium", `Revenue (${unit})`, "Orders", "Conversion"];
    return { tables: [{ title: "Revenue by channel", columns, rows }] };
  },
  Attribution: async (http, { period, unit }) => {
    const { attributed, unattributed } = await ask.attribution(http, period);
    const rows = attributed.map((it) => [
      ...campaignOf(it),
      String(it.revenue),
      String(it.orders),
      percent(it.pct_of_total),
    ]);
    const rest = ["(not attributed)", "", "", String(unattributed.revenue), String(unattributed.orders), ""];
    const columns = ["Campaign", "Source", "Medium", `Revenue (${unit})`, "Orders", "Share"];
    return { tables: [{ title: "Attribution: last click, 30 days", columns, rows: [...rows, rest] }] };
  },
  "Revenue by coupon": async (http, { period, unit }) => {
    const { coupons } = await ask.revenueByCoupon(http, period);
    const rows = coupons.map((it) => [it.coupon_code, String(it.revenue), String(it.orders), plain(it.avg_discount)]);
    const columns = ["Coupon", `Revenue (${unit})`, "Orders", `Average discount (${unit})`];
    return { tables: [{ title: "Revenue by coupon", columns, rows }] };
  },
  "Revenue by device": async (http, { period, unit }) => {
    const { devices } = await ask.revenueByDevice(http, period);
    return bars("Revenue by device", unit, devices, (it) => it.device_type);
  },
  "Revenue by platform": async (http, { period, unit }) => {
    const { platforms } = await ask.revenueByPlatform(http, period);
    return bars("Revenue by platform", unit, platforms, (it) => it.platform);
  },
  "Revenue by country": async (http, { period, unit }) => {
    const { countries } = await ask.revenueByCountry(http, period);
    return bars("Revenue by country", unit, countries, (it) => it.country);
  },
  Cohorts: async (http, { period, unit }) => {
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
        { label: "Average lifetime value", value: plain(avg_ltv), unit },
        { label: "Buyers", value: String(total_purchasing_users) },
      ],
      tables: [
        {
          title: `Revenue by month of first purchase (${unit})`,
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
  unit: string,
  rows: Row[],
  label: (row: Row) => string | null | undefined,
): Part {
  return {
    charts: [
      { title, kind: "bars", unit, points: rows.map((row) => ({ label: label(row) || NOBODY, value: row.revenue })) },
    ],
  };
}
