// How many orders Shopify itself counts, day by day of the shop: one cheap question for a month and more.
import { z } from "zod";
import { dayStarts, daysOf } from "../../base/days.ts";
import type { Reason } from "../../base/reason.ts";
import type { Ask } from "../asking.ts";
import { dataOf, whyNot } from "../outcome.ts";

/** A point for each day. */
const MOST_DAYS = 62;

export interface OrdersCounted {
  /** The newest of the days that were asked for; null: Shopify did not tell. */
  days: { day: string; counted: number | null }[];
  /** Why some, or all, are not there. */
  says: Reason | null;
}

const usable = z.record(z.string(), z.object({ count: z.number().int() }).nullable());

export async function countOrders(
  ask: Ask,
  range: { from: string; to: string },
  timeZone: string,
): Promise<OrdersCounted> {
  const days = daysOf(range).slice(-MOST_DAYS);
  const starts = dayStarts(days, timeZone);
  const span = (at: number) =>
    `processed_at:>='${starts[at]?.toISOString()}' processed_at:<'${starts[at + 1]?.toISOString()}' test:false`;
  const counts = days.map((_, at) => `d${at}: ordersCount(limit: null, query: ${JSON.stringify(span(at))}) { count }`);
  const outcome = await ask({ query: `query OrdersByDay { ${counts.join("\n")} }`, usable });
  const data = dataOf(outcome);
  return {
    days: days.map((day, at) => ({ day, counted: data?.[`d${at}`]?.count ?? null })),
    says: whyNot(outcome),
  };
}
