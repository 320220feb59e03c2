// What ended at each connection of a shop in the last twenty-four hours, hour by hour: read from the counts that the outcomes keep.
import { statement } from "../../base/statement.ts";
import { sum } from "../../events/decimal.ts";
import type { Road } from "../road.ts";

const HOUR = 3_600_000;
const HOURS = 24;

export interface Hour {
  at: string;
  delivered: number;
  /** refused, expired or unknown. */
  lost: number;
}
export interface ConnectionDay {
  delivered: number;
  lost: number;
  /** Of the purchases that were delivered. */
  worth: { amount: string; currency: string }[];
}
export interface Day {
  /** The oldest first; the last one is under way. */
  hours: Hour[];
  /** By a connection's id; who is not here had none. */
  connections: Record<string, ConnectionDay>;
}

interface Row {
  id: string;
  hour: Date;
  currency: string;
  delivered: number;
  lost: number;
  worth: string;
}
const ROWS = statement<Row, [shop: string, since: Date]>("hours-of-shop")`
  SELECT h.connection_id AS id, h.hour, h.currency, h.delivered::float8 AS delivered, h.lost::float8 AS lost, h.worth
  FROM connection c
  JOIN delivery_hour h ON h.connection_id = c.id AND h.hour >= $2
  WHERE c.shop = $1 AND c.state <> 'disconnected'`;

/** With the first of its hours. */
export const dayBegins = (now: Date) => new Date((Math.floor(now.getTime() / HOUR) - (HOURS - 1)) * HOUR);

export async function dayOf(road: Road, shop: string): Promise<Day> {
  const first = dayBegins(road.clock()).getTime();
  const rows = await road.db.query(ROWS, [shop, new Date(first)]);
  const hours = Array.from({ length: HOURS }, (_, at) => {
    const begins = first + at * HOUR;
    const own = rows.filter(({ hour }) => hour.getTime() === begins);
    return { at: new Date(begins).toISOString(), ...counted(own) };
  });
  const ids = [...new Set(rows.map(({ id }) => id))];
  return { hours, connections: Object.fromEntries(ids.map((id) => [id, daily(rows.filter((row) => row.id === id))])) };
}

const counted = (rows: Row[]) => ({
  delivered: rows.reduce((all, row) => all + row.delivered, 0),
  lost: rows.reduce((all, row) => all + row.lost, 0),
});

function daily(rows: Row[]): ConnectionDay {
  const currencies = [...new Set(rows.flatMap(({ currency }) => currency || []))].sort();
  const worthIn = (currency: string) =>
    sum("0", ...rows.filter((row) => row.currency === currency).map((row) => row.worth));
  const worth = currencies.map((currency) => ({ currency, amount: worthIn(currency) }));
  return { ...counted(rows), worth: worth.filter(({ amount }) => Number(amount) !== 0) };
}
