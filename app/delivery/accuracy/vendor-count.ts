// What the vendor itself counts, day by day in its own zone, beside what was sent to it in the same days.
import { dayStarts, daysOf } from "../../base/days.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Range, Report } from "../../destinations/destination.ts";
import { findConnection } from "../connections/connections.ts";
import { vendorReport } from "../connections/report.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { accuracy } from "./accuracy.ts";

export interface Compared extends Omit<NonNullable<Report["purchases"]>, "days"> {
  /** `counted` is null on days of which the vendor tells nothing. */
  days: { day: string; sent: number; counted: number | null }[];
  /** Its days are not the shop's. */
  otherZone: boolean;
}
export type VendorCount =
  | { is: "compared"; compared: Compared; fetchedAt: Date }
  /** It tells no count by day. */
  | { is: "none" }
  | { is: "failed"; says: Reason };

/** @returns null where the shop has no such connection. */
export async function vendorCount(road: Road, shop: string, id: string, range: Range): Promise<VendorCount | null> {
  const reported = await vendorReport(road, shop, id, range);
  if (reported?.is !== "report") return reported;
  const { purchases } = reported.report;
  if (!purchases) return { is: "none" };
  const sent = await sentBy(road, shop, id, range, purchases);
  const { timeZone } = await shopFacts(road.db, shop);
  const counted = new Map(purchases.days.map(({ day, count }) => [day, count]));
  const days = daysOf(range).map((day, at) => ({
    day,
    sent: sent[at] ?? 0,
    counted: day < purchases.since ? null : (counted.get(day) ?? 0),
  }));
  const compared = { ...purchases, days, otherZone: purchases.timeZone !== timeZone };
  return { is: "compared", compared, fetchedAt: reported.fetchedAt };
}

const ARRIVED = statement<
  { day: number; count: number },
  [connectionId: string, starts: Date[], shop: string, account: string]
>("purchases-by-day-of-arrival")`
  SELECT width_bucket(settled_at, $2::timestamptz[]) - 1 AS day, count(*)::int AS count
  FROM delivery
  WHERE connection_id = $1 AND state = 'delivered' AND kind IN ('order.placed', 'order.paid')
    AND shop = $3 AND account = $4
    AND settled_at >= ($2::timestamptz[])[1] AND settled_at < ($2::timestamptz[])[cardinality($2::timestamptz[])]
  GROUP BY 1`;

/** How many purchases were sent, by the vendor's days. */
async function sentBy(
  road: Road,
  shop: string,
  id: string,
  range: Range,
  { by, timeZone }: NonNullable<Report["purchases"]>,
): Promise<number[]> {
  if (by === "placed") {
    const [one] = await accuracy(road, shop, range, id, timeZone);
    return one?.days.map(({ sent }) => sent) ?? [];
  }
  const account = (await findConnection(road, shop, id))?.account ?? "";
  const rows = await road.db.query(ARRIVED, [id, dayStarts(daysOf(range), timeZone), shop, account]);
  return daysOf(range).map((_, at) => rows.find(({ day }) => day === at)?.count ?? 0);
}
