// The figure the app is bought for: of the orders of each day, what became of them at each connection, in orders and in money.
import { daysOf } from "../../base/days.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Range } from "../../destinations/destination.ts";
import { sum } from "../../events/decimal.ts";
import type { Decimal } from "../../events/facts.ts";
import { because, told } from "../reasons.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { type Counted, countByDay } from "./days.ts";
import { asked, OUTCOMES, type Outcome, outcomeOf, reasonOf } from "./orders.ts";
import type { Tally } from "./tally.ts";

export interface Accuracy {
  id: string;
  name: string;
  destination: string;
  state: string;
  days: (Tally & { day: string })[];
  total: Tally;
  /** Why orders were rightly not sent, the most frequent first. */
  skipped: { says: Reason; orders: number }[];
  money: Money;
}
export interface Money {
  /** The one currency of these amounts; "" where there is no order. */
  currency: string;
  orders: Decimal;
  by: Record<Outcome, Decimal>;
  /** Orders in other currencies, which no amount here has. */
  apart: { currency: string; orders: number }[];
  /** Orders whose amount is not kept any more. */
  unknown: number;
}

interface Named {
  id: string;
  name: string;
  destination: string;
  state: string;
}
const NAMED = statement<Named, [shop: string, id: string | null]>("connections-by-name")`
  SELECT id, name, destination, state
  FROM connection
  WHERE shop = $1 AND state <> 'disconnected' AND ($2::text IS NULL OR id::text = $2)
  ORDER BY created_at, id`;

/**
 * @param id of one connection; null: of all.
 * @param zone whose days these are; absent: the shop's.
 * @returns the oldest first; nothing where the shop has no such connection.
 */
export async function accuracy(
  road: Road,
  shop: string,
  range: Range,
  id: string | null,
  zone?: string,
): Promise<Accuracy[]> {
  const { timeZone, currency } = await shopFacts(road.db, shop);
  const [connections, counts] = await Promise.all([
    road.db.query(NAMED, [shop, id]),
    countByDay(road, asked(road, shop, range, zone ?? timeZone, id)),
  ]);
  const known = connections.filter(({ destination }) => road.destinations.some(({ slug }) => slug === destination));
  return known.map((connection) => {
    const byDay = counts.get(connection.id) ?? [];
    const own = byDay.flat();
    const days = daysOf(range).map((day, at) => ({ day, ...tally(byDay[at] ?? []) }));
    return { ...connection, days, total: tally(own), skipped: reasonsOf(road, own), money: moneyOf(own, currency) };
  });
}

function tally(rows: Counted[]): Tally {
  const of = (some: Counted[]) => some.reduce((all, { orders }) => all + orders, 0);
  const by = Object.fromEntries(
    OUTCOMES.map((one) => [one, of(rows.filter(({ became }) => outcomeOf(became) === one))]),
  );
  const had = rows.reduce((all, row) => all + row.had, 0);
  return { ...(by as Record<Outcome, number>), orders: of(rows), had };
}

function reasonsOf(road: Road, rows: Counted[]): Accuracy["skipped"] {
  const counts = new Map<string, Accuracy["skipped"][number]>();
  for (const { became, reason, orders } of rows) {
    if (outcomeOf(became) !== "skipped") continue;
    const says = reasonOf(became, reason) ?? because("not_known");
    const name = told(road, says);
    counts.set(name, { says, orders: (counts.get(name)?.orders ?? 0) + orders });
  }
  return [...counts.values()].sort((a, b) => b.orders - a.orders);
}

/** In the shop's currency; where that is not known, in the one of most orders. */
function moneyOf(rows: Counted[], shopCurrency: string): Money {
  const orders = new Map<string, number>();
  for (const row of rows) if (row.currency) orders.set(row.currency, (orders.get(row.currency) ?? 0) + row.orders);
  const usual = [...orders].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
  const currency = orders.has(shopCurrency) ? shopCurrency : usual;
  const own = rows.filter((row) => row.currency === currency);
  const worth = (some: Counted[]) => sum("0", ...some.map(({ amount }) => amount ?? "0"));
  const by = Object.fromEntries(
    OUTCOMES.map((one) => [one, worth(own.filter(({ became }) => outcomeOf(became) === one))]),
  );
  const apart = [...orders].filter(([other]) => other !== currency);
  return {
    currency,
    orders: worth(own),
    by: by as Money["by"],
    apart: apart.map(([other, count]) => ({ currency: other, orders: count })),
    unknown: rows.reduce((all, row) => all + (row.currency === null ? row.orders : 0), 0),
  };
}
