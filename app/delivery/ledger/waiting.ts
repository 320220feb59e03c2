// What a connection owes and has not sent, in orders and money, and when the first of it is lost; here of its paused channels.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

export interface Waiting {
  /** Deliveries of every kind. */
  due: number;
  orders: number;
  worth: { amount: string; currency: string }[];
  firstDeadline: Date | null;
}
export const NOTHING_WAITS: Waiting = { due: 0, orders: 0, worth: [], firstDeadline: null };

interface Row {
  /** The paused channel that it waits for. */
  channel: string | null;
  due: number;
  orders: number;
  currency: string | null;
  amount: string | null;
  first: Date | null;
}
const WAITING = statement<Row, [connectionId: string]>("what-waits-for-channels")`
  SELECT
    held_by AS channel,
    count(*)::int AS due,
    count(*) FILTER (WHERE worth IS NOT NULL)::int AS orders,
    currency,
    sum(worth)::text AS amount,
    min(deadline_at) AS first
  FROM delivery
  WHERE connection_id = $1 AND state = 'due' AND held_by IS NOT NULL
  GROUP BY held_by, currency`;

/** By channel, what waits for one that is paused. */
export async function whatWaitsFor({ db }: Road, connectionId: string): Promise<Record<string, Waiting>> {
  const rows = await db.query(WAITING, [connectionId]);
  const channels = new Set(rows.flatMap(({ channel }) => channel ?? []));
  const of = (channel: string) => rows.filter((row) => row.channel === channel);
  return Object.fromEntries([...channels].map((channel) => [channel, sum(of(channel))]));
}

function sum(rows: Row[]): Waiting {
  const deadlines = rows.flatMap(({ first }) => (first ? [first.getTime()] : []));
  return {
    due: rows.reduce((all, { due }) => all + due, 0),
    orders: rows.reduce((all, { orders }) => all + orders, 0),
    worth: rows.flatMap(({ currency, amount }) => (currency && amount ? [{ amount, currency }] : [])),
    firstDeadline: deadlines.length > 0 ? new Date(Math.min(...deadlines)) : null,
  };
}
