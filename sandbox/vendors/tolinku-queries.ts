// Tolinku's thirteen queries, computed from the events that were received.
import { DAY } from "./limit.ts";
import { euros } from "./rates.ts";
import type { Stored } from "./tolinku-fields.ts";
import { attributed, cents, cohorts, type Figure, groupedBy, journey, sum, topProducts } from "./tolinku-figures.ts";
import { type Call, Refusal, type Reply, type Route } from "./vendor.ts";

/** "Clamped to your plan's retention limit." */
const RETENTION = 365;
const STEPS = ["view_item", "add_to_cart", "view_cart", "begin_checkout", "add_payment_info", "purchase"];

interface Asked {
  query: URLSearchParams;
  events: Stored[];
  purchases: Stored[];
  refunds: Stored[];
  days: number;
}
interface Source {
  enter(call: Call): void;
  events(): Stored[];
  now(): number;
}
function refuse(error: string): never {
  throw new Refusal({ status: 400, json: { error } }, error);
}

const QUERIES: Record<string, (asked: Asked) => object> = {
  overview,
  "revenue-timeseries": ({ purchases, days }) => ({ series: series(purchases), days }),
  funnel: ({ events, days }) => ({ steps: funnel(events), days }),
  "top-products": ({ query, purchases, days }) => ({ products: topProducts(purchases, limitOf(query)), days }),
  "revenue-by-channel": ({ purchases, days }) => ({ channels: byChannel(purchases), days }),
  "revenue-by-coupon": ({ purchases, days }) => ({ coupons: byCoupon(purchases), days }),
  "revenue-by-device": by("devices", "device_type"),
  "revenue-by-platform": by("platforms", "platform"),
  "revenue-by-country": by("countries", "country"),
  "cart-abandonment": ({ events, days }) => ({ ...abandonment(events), days }),
  attribution: ({ query, purchases }) => attributed(purchases, modelOf(query), windowOf(query)),
  cohorts: ({ query, purchases }) => cohorts(purchases, Number(query.get("months") ?? 6)),
  "user-journey": ({ query, events }) => journey(events, query.get("user_id") || refuse("user_id is required")),
};

export function queryRoutes(base: string, source: Source): Route[] {
  return Object.entries(QUERIES).map(([name, compute]) => [
    "GET",
    new RegExp(`^${base}${name}$`),
    (call): Reply => {
      source.enter(call);
      return { status: 200, json: compute(askedFor(call.query, source)) };
    },
  ]);
}

function askedFor(query: URLSearchParams, source: Source): Asked {
  const given = query.get("days");
  const wanted = Math.min(RETENTION, given === null ? 30 : Number(given));
  if (!(wanted >= 1)) refuse("days must be 1 or more");
  const [start, end] = ["start", "end"].map((name) => {
    const date = query.get(name);
    return date === null
      ? null
      : Number.isNaN(Date.parse(date))
        ? refuse(`${name} must be an ISO date`)
        : Date.parse(date);
  });
  const from = Math.max(start ?? source.now() - wanted * DAY, source.now() - RETENTION * DAY);
  // A date alone means the whole of that day.
  const to = end === null || end === undefined ? Number.POSITIVE_INFINITY : end + DAY - 1;
  const days = start === null ? wanted : Math.ceil((Math.min(to, source.now()) - from) / DAY);
  const events = source.events().filter((event) => event.at >= from && event.at <= to);
  const of = (type: string) => events.filter((event) => event.event_type === type);
  return { query, events, purchases: of("purchase"), refunds: of("refund"), days };
}

function overview({ events, purchases, refunds, days }: Asked) {
  const [total, back] = [sum(purchases, cents), sum(refunds, cents)];
  const views = events.filter((event) => event.event_type === "view_item").length;
  const added = events.filter((event) => event.event_type === "add_to_cart").length;
  return {
    total_revenue: euros(total),
    net_revenue: euros(total - back),
    total_orders: purchases.length,
    total_refunds: refunds.length,
    refund_amount: euros(back),
    avg_order_value: purchases.length ? euros(total / purchases.length) : 0,
    total_items_sold: sum(purchases, (event) => sum(event.items ?? [], (item) => item.quantity ?? 1)),
    cart_abandonment_rate: abandonment(events).abandonment_rate,
    add_to_cart_rate: percent(added, views),
    days,
  };
}

const series = (purchases: Stored[]) =>
  groupedBy(purchases, (event) => new Date(event.at).toISOString().slice(0, 10))
    .map(({ name, revenue, orders }) => ({ date: name, revenue, orders }))
    .sort((a, b) => a.date.localeCompare(b.date));

function funnel(events: Stored[]) {
  const counts = STEPS.map((step) => events.filter((event) => event.event_type === step).length);
  return STEPS.map((name, at) => ({
    name,
    count: counts[at] ?? 0,
    percentage: at === 0 ? 100 : percent(counts[at] ?? 0, counts[at - 1] ?? 0),
  }));
}

function by(list: string, field: string) {
  return ({ purchases, days }: Asked) => {
    const figures = groupedBy(purchases, (event) => event.properties?.[field] ?? event.platform ?? "unknown");
    return { [list]: figures.map(({ name, revenue, orders }: Figure) => ({ [field]: name, revenue, orders })), days };
  };
}

const byChannel = (purchases: Stored[]) =>
  attributed(purchases, "last_click", 30).attributed.map(({ pct_of_total: _share, ...channel }) => ({
    ...channel,
    conversion_rate: 0,
  }));

const byCoupon = (purchases: Stored[]) =>
  groupedBy(
    purchases.filter((event) => event.coupon_code),
    (event) => event.coupon_code as string,
  ).map(({ name, revenue, orders, events }) => ({
    coupon_code: name,
    revenue,
    orders,
    avg_discount: euros(sum(events, (event) => (event.discount ?? 0) * 100) / orders),
  }));

function abandonment(events: Stored[]) {
  const carts = new Map<string, Stored[]>();
  for (const event of events) {
    if (event.cart_id) carts.set(event.cart_id, [...(carts.get(event.cart_id) ?? []), event]);
  }
  const filled = [...carts.values()].filter((all) => all.some((event) => event.event_type === "add_to_cart"));
  const done = filled.filter((all) => all.some((event) => event.event_type === "purchase"));
  const left = filled.filter((all) => !done.includes(all)).flat();
  const added = left.filter((event) => event.event_type === "add_to_cart").flatMap((event) => event.items ?? []);
  return {
    abandonment_rate: percent(filled.length - done.length, filled.length),
    abandoned_carts: filled.length - done.length,
    abandoned_revenue: euros(sum(added, (item) => (item.price ?? 0) * (item.quantity ?? 1) * 100)),
    completed_carts: done.length,
  };
}

const percent = (part: number, whole: number) => (whole ? Math.round((part / whole) * 1000) / 10 : 0);

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? 20);
  return limit >= 1 && limit <= 100 ? limit : refuse("limit must be from 1 to 100");
}
function modelOf(query: URLSearchParams): string {
  const model = query.get("model") ?? "last_click";
  return ["last_click", "linear", "time_decay"].includes(model) ? model : refuse("Invalid attribution model");
}
function windowOf(query: URLSearchParams): number {
  const window = Number(query.get("window") ?? 30);
  return [7, 14, 30, 60, 90].includes(window) ? window : refuse("Invalid attribution window");
}
