// The figure and the orders behind it as files for a spreadsheet, in the words that are handed in.
import { CSV_START, csvLine } from "../../base/csv.ts";
import { daysOf } from "../../base/days.ts";
import { timeFormat } from "../../base/formats.ts";
import type { Reason } from "../../base/reason.ts";
import type { Range } from "../../destinations/destination.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { accuracy } from "./accuracy.ts";
import { orderList } from "./order-list.ts";
import { OUTCOMES, type Outcome } from "./orders.ts";
import { share } from "./tally.ts";

const COUNTS = ["orders", "sent", "had", "skipped", "waiting", "refused", "expired", "unknown", "before"] as const;
const DAYS = ["day", "connection", ...COUNTS, "share"] as const;
const ORDER = [
  "order",
  "placed",
  "day",
  "connection",
  "outcome",
  "alreadyHad",
  "reason",
  "amount",
  "currency",
] as const;

/** Ids, times, days and amounts are the same in every language. */
export interface Words {
  heading(name: (typeof DAYS)[number] | (typeof ORDER)[number]): string;
  outcome(outcome: Outcome): string;
  yes: string;
  /** Of one whose name is not kept any more. */
  order(id: string): string;
  tell(reason: Reason): string;
}

/** A line for each connection and day; the days are the shop's. @param id null: of all connections. */
export async function daysCsv(
  road: Road,
  shop: string,
  range: Range,
  id: string | null,
  words: Words,
): Promise<string> {
  const lines = (await accuracy(road, shop, range, id)).flatMap(({ name, days }) =>
    days.map((day) => {
      const percent = share(day);
      return csvLine([day.day, name, ...COUNTS.map((count) => day[count]), percent === null ? null : `${percent} %`]);
    }),
  );
  return [CSV_START, csvLine(DAYS.map(words.heading)), ...lines].join("");
}

const AT_ONCE = 1_000;

/** A line for each order, the newest first; read and given a part at a time, however many there are. */
export async function* ordersCsv(
  road: Road,
  shop: string,
  range: Range,
  connection: { id: string; name: string },
  words: Words,
) {
  const { timeZone } = await shopFacts(road.db, shop);
  const dayOf = timeFormat("sv-SE", { timeZone });
  yield CSV_START + csvLine(ORDER.map(words.heading));
  for (const day of daysOf(range).reverse()) {
    for (let after: string | null | undefined; after !== null; ) {
      const wanted = { connectionId: connection.id, range: { from: day, to: day }, outcomes: OUTCOMES };
      const page = await orderList(road, shop, { ...wanted, after: after ?? null, limit: AT_ONCE });
      const lines = page.orders.map(({ orderId, name, placedAt, outcome, alreadyHad, reason, worth }) =>
        csvLine([
          ...[name ?? words.order(orderId), placedAt.toISOString(), dayOf.format(placedAt), connection.name],
          ...[words.outcome(outcome), alreadyHad ? words.yes : "", reason && words.tell(reason)],
          ...[worth?.amount ?? null, worth?.currency ?? null],
        ]),
      );
      if (lines.length > 0) yield lines.join("");
      after = page.next;
    }
  }
}
