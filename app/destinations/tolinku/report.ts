// Tolinku's own figures: twelve of its thirteen queries as figures, charts and tables; the thirteenth asks about one user.
import type { Http, Range, Report } from "../destination.ts";
import type { Words } from "../report.ts";
import { keptLess, ORDERS_BY_DAY, purchasesOf } from "./days.ts";
import { bars, campaignOf, columns, noteOf, type Part } from "./parts.ts";
import * as ask from "./queries.ts";
import { because } from "./reasons.ts";

const BASE_CURRENCY = because("tolinku_in_base_currency");
/** Where the settings do not name it: Tolinku does not tell it. */
const UNNAMED = because("tolinku_base_currency");
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
    NAMES.map((name) =>
      (queries[name] as Query)(listening, asked).catch((error: unknown) => noteOf(because(`tolinku_${name}`), error)),
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

interface Asked {
  period: { start: string; end: string };
  /** What amounts are in. */
  unit: Words;
}
type Query = (http: Http, asked: Asked) => Promise<Part>;
const queries = {
  cart_abandonment: async (http, { period, unit }) => {
    const carts = await ask.cartAbandonment(http, period);
    return {
      figures: [
        { label: because("tolinku_cart_abandonment"), value: percent(carts.abandonment_rate) },
        { label: because("tolinku_abandoned_carts"), value: String(carts.abandoned_carts) },
        { label: because("tolinku_abandoned_revenue"), value: plain(carts.abandoned_revenue), unit },
        { label: because("tolinku_completed_carts"), value: String(carts.completed_carts) },
      ],
    };
  },
  overview: async (http, { period, unit }) => {
    const sum = await ask.overview(http, period);
    return {
      figures: [
        { label: because("tolinku_revenue"), value: plain(sum.total_revenue), unit },
        {
          label: because("tolinku_net_revenue"),
          value: plain(sum.net_revenue),
          unit,
          help: because("tolinku_after_refunds"),
        },
        { label: because("tolinku_orders"), value: String(sum.total_orders) },
        { label: because("tolinku_refunds"), value: String(sum.total_refunds) },
        { label: because("tolinku_refunded"), value: plain(sum.refund_amount), unit },
        { label: because("tolinku_average_order"), value: plain(sum.avg_order_value), unit },
        { label: because("tolinku_items_sold"), value: String(sum.total_items_sold) },
        { label: because("tolinku_add_to_cart_rate"), value: percent(sum.add_to_cart_rate) },
      ],
    };
  },
  revenue_by_day: async (http, { period, unit }) => {
    const { series } = await ask.revenueTimeseries(http, period);
    const points = (key: "revenue" | "orders") => series.map((day) => ({ label: day.date, value: day[key] }));
    return {
      charts: [
        { title: because("tolinku_revenue_by_day"), kind: "line", unit, points: points("revenue") },
        { title: ORDERS_BY_DAY, kind: "line", points: points("orders") },
      ],
    };
  },
  funnel: async (http, { period }) => {
    const { steps } = await ask.funnel(http, period);
    const points = steps.map((step) => ({ label: step.name.replaceAll("_", " "), value: step.count }));
    return { charts: [{ title: because("tolinku_from_view"), kind: "bars", points }] };
  },
  top_products: async (http, { period, unit }) => {
    const { products } = await ask.topProducts(http, { ...period, limit: 20 });
    const names = products.map((it) => it.item_name ?? it.item_id);
    // Variants have one name: each is told apart by its id.
    const nameOf = (it: (typeof products)[number]) => {
      const name = it.item_name || it.item_id;
      return names.filter((one) => one === name).length > 1 ? `${name} (${it.item_id})` : name;
    };
    const rows = products.map((it) => [nameOf(it), it.revenue, it.quantity, it.orders].map(String));
    return {
      tables: [
        {
          title: because("tolinku_top_products"),
          columns: columns(unit, "product", "revenue_in", "pieces", "orders"),
          rows,
        },
      ],
    };
  },
  revenue_by_channel: async (http, { period, unit }) => {
    const { channels } = await ask.revenueByChannel(http, period);
    const rows = channels.map((it) => [
      ...campaignOf(it),
      String(it.revenue),
      String(it.orders),
      percent(it.conversion_rate),
    ]);
    const head = columns(unit, "campaign", "source", "medium", "revenue_in", "orders", "conversion");
    return { tables: [{ title: because("tolinku_revenue_by_channel"), columns: head, rows }] };
  },
  attribution: async (http, { period, unit }) => {
    const { attributed, unattributed } = await ask.attribution(http, period);
    const rows = attributed.map((it) => [
      ...campaignOf(it),
      String(it.revenue),
      String(it.orders),
      percent(it.pct_of_total),
    ]);
    const rest = [
      because("tolinku_not_attributed"),
      "",
      "",
      String(unattributed.revenue),
      String(unattributed.orders),
      "",
    ];
    const head = columns(unit, "campaign", "source", "medium", "revenue_in", "orders", "share");
    return { tables: [{ title: because("tolinku_last_click"), columns: head, rows: [...rows, rest] }] };
  },
  revenue_by_coupon: async (http, { period, unit }) => {
    const { coupons } = await ask.revenueByCoupon(http, period);
    const rows = coupons.map((it) => [it.coupon_code, String(it.revenue), String(it.orders), plain(it.avg_discount)]);
    const head = columns(unit, "coupon", "revenue_in", "orders", "average_discount");
    return { tables: [{ title: because("tolinku_revenue_by_coupon"), columns: head, rows }] };
  },
  revenue_by_device: async (http, { period, unit }) => {
    const { devices } = await ask.revenueByDevice(http, period);
    return bars(because("tolinku_revenue_by_device"), unit, devices, (it) => it.device_type);
  },
  revenue_by_platform: async (http, { period, unit }) => {
    const { platforms } = await ask.revenueByPlatform(http, period);
    return bars(because("tolinku_revenue_by_platform"), unit, platforms, (it) => it.platform);
  },
  revenue_by_country: async (http, { period, unit }) => {
    const { countries } = await ask.revenueByCountry(http, period);
    return bars(because("tolinku_revenue_by_country"), unit, countries, (it) => it.country);
  },
  cohorts: async (http, { period, unit }) => {
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
        { label: because("tolinku_lifetime_value"), value: plain(avg_ltv), unit },
        { label: because("tolinku_buyers"), value: String(total_purchasing_users) },
      ],
      tables: [
        {
          title: because("tolinku_by_first_month", { unit }),
          columns: [...columns(unit, "month", "buyers"), ...ages.map((age) => `+${age}`)],
          rows,
        },
      ],
    };
  },
} satisfies Record<string, Query>;
type Name = keyof typeof queries;
const NAMES = Object.keys(queries) as Name[];
