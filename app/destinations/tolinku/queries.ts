// Tolinku's thirteen reading calls with their parameters and answers; all need a secret key.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";

/** Either the last so many days (30 where nothing is said), or two ISO dates. */
export type Period = { days?: number } | { start: string; end: string };
export type AttributionModel = "last_click" | "linear" | "time_decay";
export type AttributionWindow = 7 | 14 | 30 | 60 | 90;

const number = z.number();
const text = z.string();
/** A share or an average of nothing may have no number. */
const rate = number.nullish();
const named = text.nullish(); // revenue of no campaign, coupon or country has no name

const overviewOf = z.object({
  total_revenue: number,
  net_revenue: number,
  total_orders: number,
  total_refunds: number,
  refund_amount: number,
  avg_order_value: rate,
  total_items_sold: number,
  cart_abandonment_rate: rate,
  add_to_cart_rate: rate,
});
const seriesOf = z.object({ series: z.array(z.object({ date: text, revenue: number, orders: number })) });
const funnelOf = z.object({ steps: z.array(z.object({ name: text, count: number, percentage: rate })) });
const productsOf = z.object({
  products: z.array(z.object({ item_id: text, item_name: named, revenue: number, quantity: number, orders: number })),
});
const campaign = { campaign: named, source: named, medium: named, revenue: number, orders: number };
const channelsOf = z.object({ channels: z.array(z.object({ ...campaign, conversion_rate: rate })) });
const couponsOf = z.object({
  coupons: z.array(z.object({ coupon_code: text, revenue: number, orders: number, avg_discount: rate })),
});
const share = { revenue: number, orders: number };
const devicesOf = z.object({ devices: z.array(z.object({ device_type: named, ...share })) });
const platformsOf = z.object({ platforms: z.array(z.object({ platform: named, ...share })) });
const countriesOf = z.object({ countries: z.array(z.object({ country: named, ...share })) });
const abandonmentOf = z.object({
  abandonment_rate: rate,
  abandoned_carts: number,
  abandoned_revenue: number,
  completed_carts: number,
});
const attributionOf = z.object({
  attributed: z.array(z.object({ ...campaign, pct_of_total: rate })),
  unattributed: z.object(share),
  model: named,
  window_days: rate,
});
const cohortsOf = z.object({
  cohorts: z.array(z.object({ month: text, users: number, revenue_by_month: z.record(text, number) })),
  avg_ltv: rate,
  total_purchasing_users: number,
});
const journeyOf = z.object({
  events: z.array(z.object({ event_type: named, timestamp: named, transaction_id: named })),
  user_id: named,
});

/** @throws SaidNo · NotAsDocumented */
async function ask<Schema extends z.ZodType>(http: Http, name: string, schema: Schema, asked: object) {
  const query = Object.fromEntries(Object.entries(asked).map(([key, value]) => [key, String(value)]));
  return fitting(schema, await http({ method: "GET", path: `/v1/api/analytics/ecommerce/${name}`, query }));
}

export const overview = (http: Http, period: Period = {}) => ask(http, "overview", overviewOf, period);
export const revenueTimeseries = (http: Http, period: Period = {}) => ask(http, "revenue-timeseries", seriesOf, period);
export const funnel = (http: Http, period: Period = {}) => ask(http, "funnel", funnelOf, period);
/** `limit`: 20 where nothing is said, at most 100. */
export const topProducts = (http: Http, asked: Period & { limit?: number } = {}) =>
  ask(http, "top-products", productsOf, asked);
export const revenueByChannel = (http: Http, period: Period = {}) =>
  ask(http, "revenue-by-channel", channelsOf, period);
export const revenueByCoupon = (http: Http, period: Period = {}) => ask(http, "revenue-by-coupon", couponsOf, period);
export const revenueByDevice = (http: Http, period: Period = {}) => ask(http, "revenue-by-device", devicesOf, period);
export const revenueByPlatform = (http: Http, period: Period = {}) =>
  ask(http, "revenue-by-platform", platformsOf, period);
export const revenueByCountry = (http: Http, period: Period = {}) =>
  ask(http, "revenue-by-country", countriesOf, period);
export const cartAbandonment = (http: Http, period: Period = {}) =>
  ask(http, "cart-abandonment", abandonmentOf, period);
/** `model`: last_click, `window`: 30 days, where nothing is said. */
export const attribution = (
  http: Http,
  asked: Period & { model?: AttributionModel; window?: AttributionWindow } = {},
) => ask(http, "attribution", attributionOf, asked);
/** `months`: 6 where nothing is said. */
export const cohorts = (http: Http, asked: Period & { months?: number } = {}) => ask(http, "cohorts", cohortsOf, asked);
/** What one user did. */
export const userJourney = (http: Http, asked: Period & { user_id: string }) =>
  ask(http, "user-journey", journeyOf, asked);
