// The figure and the orders behind it as files for a spreadsheet.
import { CSV_START, csvLine } from "../../base/csv.ts";
import { daysOf } from "../../base/days.ts";
import { timeFormat } from "../../base/formats.ts";
import type { Range } from "../../destinations/destination.ts";
import { toldOrNull } from "../reasons.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { accuracy } from "./accuracy.ts";
import { orderList } from "./order-list.ts";
import { OUTCOMES } from "./orders.ts";
import { share } from "./tally.ts";

const DAYS = ["Day", "Connection", "Orders", "Sent", "Of these it had already", "Rightly skipped", "Waiting"];
const FAILED = ["Refused", "Expired", "Unknown", "Before the connection", "Share sent"];

/** A line for each connection and day; the days are the shop's. @param id null: of all connections. */
export async function daysCsv(road: Road, shop: string, range: Range, id: string | null): Promise<string> {
  const lines = (await accuracy(road, shop, range, id)).flatMap(({ name, days }) =>
    days.map((day) => {
      const { orders, sent, had, skipped, waiting, refused, expired, unknown, before } = day;
      const counts = [orders, sent, had, skipped, waiting, refused, expired, unknown, before];
      return csvLine([day.day, name, ...counts, share(day)]);
    }),
  );
  return [CSV_START, csvLine([...DAYS, ...FAILED]), ...lines].join("");
}

const ORDERS = [
  "Order",
  "Placed (UTC)",
  "Day",
  "Connection",
  "Outcome",
  "Already had it",
  "Reason",
  "Amount",
  "Currency",
];
const AT_ONCE = 1_000;

/** A line for each order, the newest first; read and given a part at a time, however many there are. */
export async function* ordersCsv(road: Road, shop: string, range: Range, connection: { id: string; name: string }) {
  const { timeZone } = await shopFacts(road.db, shop);
  const dayOf = timeFormat("sv-SE", { timeZone });
  yield CSV_START + csvLine(ORDERS);
  for (const day of daysOf(range).reverse()) {
    for (let after: string | null | undefined; after !== null; ) {
      const wanted = { connectionId: connection.id, range: { from: day, to: day }, outcomes: OUTCOMES };
      const page = await orderList(road, shop, { ...wanted, after: after ?? null, limit: AT_ONCE });
      const lines = page.orders.map(({ name, placedAt, outcome, alreadyHad, reason, worth }) =>
        csvLine([
          ...[name, placedAt.toISOString(), dayOf.format(placedAt), connection.name, outcome],
          ...[alreadyHad ? "yes" : "", toldOrNull(road, reason), worth?.amount ?? null, worth?.currency ?? null],
        ]),
      );
      if (lines.length > 0) yield lines.join("");
      after = page.next;
    }
  }
}
