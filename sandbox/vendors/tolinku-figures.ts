// The sums behind Tolinku's queries.
import { euroCents, euros } from "./rates.ts";
import type { Stored } from "./tolinku-fields.ts";

export const cents = (event: Stored) => euroCents(event.revenue, event.currency);
export const sum = <T>(list: T[], of: (one: T) => number) => list.reduce((total, one) => total + of(one), 0);

export interface Figure {
  name: string;
  revenue: number;
  orders: number;
  events: Stored[];
}

/** Highest revenue first. */
export function groupedBy(purchases: Stored[], nameOf: (event: Stored) => string): Figure[] {
  return [...Map.groupBy(purchases, nameOf)]
    .map(([name, events]) => ({ name, revenue: euros(sum(events, cents)), orders: events.length, events }))
    .sort((a, b) => b.revenue - a.revenue);
}

export function topProducts(purchases: Stored[], limit: number) {
  const lines = purchases.flatMap((event) => (event.items ?? []).map((item) => ({ ...item, event })));
  return [...Map.groupBy(lines, (line) => line.item_id)]
    .map(([item_id, sold]) => ({
      item_id,
      item_name: sold[0]?.item_name ?? "",
      revenue: euros(sum(sold, (line) => euroCents((line.price ?? 0) * (line.quantity ?? 1), line.event.currency))),
      quantity: sum(sold, (line) => line.quantity ?? 1),
      orders: new Set(sold.map((line) => line.event)).size,
    }))
    .sort((a, b) => b.revenue - a.revenue)
    .slice(0, limit);
}

const fact = (event: Stored, name: "campaign" | "source" | "medium") => event[name] ?? event.properties?.[name] ?? "";

/** No clicks reach the sandbox, only what the purchase itself says of its campaign: so all models agree. */
export function attributed(purchases: Stored[], model: string, window: number) {
  const campaignOf = (event: Stored) => [fact(event, "campaign"), fact(event, "source"), fact(event, "medium")];
  const told = purchases.filter((event) => campaignOf(event).some(Boolean));
  const rest = purchases.filter((event) => !told.includes(event));
  const all = sum(purchases, cents);
  return {
    attributed: groupedBy(told, (event) => campaignOf(event).join("\n")).map(({ name, revenue, orders }) => {
      const [campaign = "", source = "", medium = ""] = name.split("\n");
      return {
        campaign,
        source,
        medium,
        revenue,
        orders,
        pct_of_total: all ? Math.round((revenue * 100_000) / all) / 10 : 0,
      };
    }),
    unattributed: { revenue: euros(sum(rest, cents)), orders: rest.length },
    model,
    window_days: window,
  };
}

const monthOf = (event: Stored) => new Date(event.at).toISOString().slice(0, 7);
const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));

export function cohorts(purchases: Stored[], months: number) {
  const users = Map.groupBy(
    purchases.filter((event) => event.user_id),
    (event) => event.user_id as string,
  );
  const byMonth = Map.groupBy([...users.values()], (events) => monthOf(events[0] as Stored));
  const revenue = sum([...users.values()].flat(), cents);
  return {
    cohorts: [...byMonth]
      .sort(([a], [b]) => b.localeCompare(a))
      .slice(0, months)
      .map(([month, people]) => {
        const later = Map.groupBy(people.flat(), (event) => String(monthsBetween(month, monthOf(event))));
        const byLater = [...later].map(([count, events]) => [count, euros(sum(events, cents))]);
        return { month, users: people.length, revenue_by_month: Object.fromEntries(byLater) };
      }),
    avg_ltv: users.size ? euros(revenue / users.size) : 0,
    total_purchasing_users: users.size,
  };
}

export function journey(events: Stored[], user: string) {
  const own = events.filter((event) => event.user_id === user);
  return {
    events: own.map(({ at, event_type, items, transaction_id, revenue }) => ({
      event_type,
      timestamp: new Date(at).toISOString(),
      items,
      transaction_id,
      revenue,
    })),
    user_id: user,
  };
}
