// All that is held about a person, gathered for them to read: what is remembered, what happened, what each vendor was told of it, and Shopify's own words.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Message } from "../../destinations/destination.ts";
import type { Event } from "../../events/event.ts";
import { type Fields, parseBody, parseJson, Unreadable } from "../../events/json.ts";
import { type OpenConnection, openConnection } from "../connections/open-connection.ts";
import { messagesOf } from "../deliver/work.ts";
import { bodiesAbout } from "../erasure/bodies.ts";
import { sqlTheirs } from "../erasure/events.ts";
import { mentionsOf } from "../erasure/mentions.ts";
import { NOBODY, type Person, subjectsOf } from "../erasure/person.ts";
import { snapshotIdsOf } from "../erasure/snapshots.ts";
import { sqlReason, toldOrNull } from "../reasons.ts";
import type { Road } from "../road.ts";

/** How much of what there is; a page shows it. */
export type Counts = Record<"orders" | "events" | "deliveries" | "remembered" | "webhooks", number>;

interface Remembered {
  kind: string;
  id: string;
  data: unknown;
}
const REMEMBERED = statement<Remembered, [shop: string, ids: string[], visitors: string[]]>("remembered-of-person")`
  SELECT kind, id, data
  FROM snapshot
  WHERE shop = $1 AND (
    (kind IN ('customer', 'checkout', 'visitor', 'source', 'cart', 'account', 'bought') AND id = ANY ($2))
    OR (kind = 'visitor' AND data ->> 'visitorId' = ANY ($3)))
  ORDER BY kind, id`;

interface Row {
  id: string;
  event: Event;
  heardAt: Date;
}
const EVENTS = statement<Row, [shop: string, subjects: string[], customers: string[]]>("events-held-of-person")`
  SELECT id, data AS event, created_at AS "heardAt"
  FROM event
  WHERE ${sqlTheirs(1, 2, 3)}
  ORDER BY occurred_at, id`;

interface Delivered {
  eventId: string | null;
  connectionId: string;
  to: string;
  connection: string;
  state: string;
  reason: Reason | null;
  at: Date | null;
  requests: number;
  userId: string | null;
}
const DELIVERIES = statement<Delivered, [events: string[]]>("deliveries-held-of-person")`
  SELECT d.event_id AS "eventId", d.connection_id AS "connectionId", d.destination AS "to", c.name AS connection,
    d.state, ${sqlReason("d")} AS reason, d.settled_at AS at, d.attempts AS requests, d.user_id AS "userId"
  FROM delivery d
  JOIN connection c ON c.id = d.connection_id
  WHERE d.event_id = ANY ($1::bigint[])
  ORDER BY d.id`;

const AT_ONCE = 200;
/** More of Shopify's own bodies is counted, and not handed out: all that is made of them is. */
const MOST_BYTES = 20 * 1024 * 1024;

/** @param byPhone what is known by a number alone is theirs. @param heardUpTo the number of the last webhook to look at. */
export async function holdingsOf(
  road: Road,
  sql: Sql,
  { shop, whole, byPhone, heardUpTo }: { shop: string; whole: Person; byPhone: boolean; heardUpTo: string },
) {
  // Orders of somebody else in which they stand are that person's.
  const person = { ...whole, elsewhere: [] };
  const remembered = await sql.query(REMEMBERED, [shop, snapshotIdsOf(person), person.visitors]);
  const rows = await sql.query(EVENTS, [shop, subjectsOf(person), person.customers]);
  const told = await toldOf(road, sql, rows);
  const { webhooks, leftOut } = await webhooksOf(sql, shop, byPhone ? whole : { ...whole, phones: [] }, heardUpTo);
  const happened = rows.map(({ id, event, heardAt }) => ({ heardAt, event, told: told.get(id) ?? [] }));
  const counts: Counts = {
    orders: person.orders.length,
    events: rows.length,
    deliveries: [...told.values()].reduce((sum, { length }) => sum + length, 0),
    remembered: remembered.length,
    webhooks: webhooks.length + leftOut,
  };
  const { customers, emails, phones, orders, checkouts, carts, visitors } = person;
  const knownBy = { customers, emails, phones, orders, checkouts, carts, visitors };
  return { counts, holdings: { knownBy, remembered, happened, webhooks, webhooksLeftOut: leftOut } };
}

async function toldOf(road: Road, sql: Sql, rows: Row[]) {
  const told = new Map<string, unknown[]>();
  const connections = new Map<string, OpenConnection | null>();
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = new Map(rows.slice(from, from + AT_ONCE).map((row) => [row.id, row.event]));
    const deliveries = await sql.query(DELIVERIES, [[...some.keys()]]);
    for (const { eventId, connectionId, userId, reason, ...delivery } of deliveries) {
      if (!connections.has(connectionId)) connections.set(connectionId, await openConnection(road, connectionId, sql));
      const [event, connection] = [some.get(eventId ?? ""), connections.get(connectionId)];
      const went = event && connection && delivery.requests > 0;
      const messages = went ? messagesOf(event, connection).map(asSent) : [];
      const line = { ...delivery, reason: toldOrNull(road, reason), knownThereAs: userId, messages };
      if (eventId) told.set(eventId, [...(told.get(eventId) ?? []), line]);
    }
  }
  return told;
}

/** With the numbers as they are written into the request. */
const asSent = ({ channel, body }: Message) => ({ channel, body: parseJson(JSON.stringify(body)) });

async function webhooksOf(sql: Sql, shop: string, { elsewhere, ...own }: Person, heardUpTo: string) {
  const [person, isOthers] = [{ ...own, elsewhere: [] }, mentionsOf({ ...NOBODY, elsewhere })];
  const webhooks: { topic: string; receivedAt: Date; body: Fields | string }[] = [];
  let [bytes, leftOut] = [0, 0];
  for await (const page of bodiesAbout(sql, shop, person, heardUpTo))
    for (const { topic, receivedAt, body } of page) {
      if (!body || isOthers(body)) continue;
      bytes += body.length;
      if (bytes <= MOST_BYTES) webhooks.push({ topic, receivedAt, body: readable(body) });
      else leftOut += 1;
    }
  return { webhooks, leftOut };
}

function readable(body: Buffer): Fields | string {
  try {
    return parseBody(body);
  } catch (error) {
    if (error instanceof Unreadable) return body.toString("utf8");
    throw error;
  }
}
