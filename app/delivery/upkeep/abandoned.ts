// Finds checkouts that were left: a buyer who is known, no order, and nothing done for as long as the merchant says.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import type { Shop } from "../../events/facts.ts";
import { abandonedKey, sqlKeys, subjectOf } from "../../events/keys.ts";
import type { Checkout } from "../../events/shopping.ts";
import { readRules } from "../connections/rules.ts";
import { type Booked, bookEvents } from "../normalize/book.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";

const HOUR = 3_600_000;
/** Where the data sheet has no setting of its own. */
const DEFAULT_HOURS = 4;
/** How far back is looked beyond that: what was not seen for so long (the worker was away) is no news any more. */
const LOOK_BACK = 24 * HOUR;
const MOST_AT_ONCE = 200;

/** Books the event for each of them, and rings. @returns how many. @throws at the end, where a shop's could not be booked. */
export async function bookAbandoned(road: Road, signal: AbortSignal): Promise<number> {
  let booked = 0;
  const failed: unknown[] = [];
  for (const wish of await wishes(road)) {
    if (signal.aborted) break;
    try {
      const [first] = await left(road.db, wish, road.clock(), 1);
      if (first) booked += await bookFor(road, wish);
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new Error(`the checkouts of ${failed.length} shops failed`, { cause: failed[0] });
  return booked;
}

interface Wish {
  shop: string;
  hours: number;
}

const LISTENING = statement<
  { shop: string; destination: string; after: string | null; rules: unknown },
  [destinations: string[]]
>("connections-that-hear-of-abandoned")`
  SELECT shop, destination, settings ->> 'abandonedAfter' AS after, rules
  FROM connection
  WHERE state IN ('on', 'paused') AND destination = ANY ($1)`;

/** The shops with a connection that wants to hear of them, each with the shortest time. */
async function wishes(road: Road): Promise<Wish[]> {
  const sheets = road.destinations.filter((sheet) => sheet.on["checkout.abandoned"]);
  const rows = await road.db.query(LISTENING, [sheets.map(({ slug }) => slug)]);
  const hours = new Map<string, number>();
  for (const { shop, destination, after, rules } of rows) {
    if (readRules(rules).kindsOff.includes("checkout.abandoned")) continue;
    const said = after || sheets.find(({ slug }) => slug === destination)?.fields.abandonedAfter?.default;
    hours.set(shop, Math.min(Number(said ?? DEFAULT_HOURS), hours.get(shop) ?? Number.POSITIVE_INFINITY));
  }
  return [...hours].map(([shop, hours]) => ({ shop, hours }));
}

const LOCK = statement<{ got: boolean }, [shop: string]>("lock-shop-for-abandoned")`
  SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1)) AS got`;
const UNREAD = statement<{ id: string }, [shop: string]>("unread-orders-and-checkouts")`
  SELECT id
  FROM webhook
  WHERE shop = $1 AND state = 'received' AND (topic LIKE 'orders/%' OR topic LIKE 'checkouts/%')
  LIMIT 1`;

/** In the normalizer's place, so that no order of the shop is being booked meanwhile. */
async function bookFor(road: Road, { shop, hours }: Wish): Promise<number> {
  const { events, lanes } = await road.db.transaction(async (sql) => {
    const nothing = { events: [] as Event[], lanes: [] as Booked["lanes"] };
    const [lock] = await sql.query(LOCK, [shop]);
    const [unread] = await sql.query(UNREAD, [shop]);
    // The order, or the checkout's end, may be among them: the next minute will tell.
    if (!lock?.got || unread) return nothing;
    const now = road.clock();
    const facts = await shopFacts(sql, shop);
    const events = (await left(sql, { shop, hours }, now, MOST_AT_ONCE)).map((checkout) =>
      eventOf(checkout, facts, now),
    );
    const { lanes } = await bookEvents(
      road,
      sql,
      shop,
      events.map((event) => ({ event, webhookId: null })),
    );
    return { events, lanes };
  });
  await road.bell.lanes(lanes);
  return events.length;
}

// The order of this very checkout, or one since of the same cart or the same buyer; each way has an index of its own.
const PLACED = "o.shop = s.shop AND o.kind = 'order.placed'";
const SINCE = "o.occurred_at >= (s.data ->> 'createdAt')::timestamptz";
const DIGITS = (phone: string) => `regexp_replace(${phone}, '\\D', '', 'g')`;
const ORDERS = `
      SELECT 1
      FROM event o
      WHERE ${PLACED} AND o.data #>> '{order,checkoutToken}' = s.id
      UNION ALL
      SELECT 1
      FROM event o
      WHERE ${PLACED} AND ${SINCE} AND o.data #>> '{order,cartToken}' = s.data ->> 'cartToken'
      UNION ALL
      SELECT 1
      FROM event o
      WHERE ${PLACED} AND ${SINCE} AND lower(o.data #>> '{order,email}') = lower(s.data ->> 'email')
      UNION ALL
      SELECT 1
      FROM event o
      WHERE ${PLACED} AND ${SINCE}
        AND ${DIGITS("o.data #>> '{order,phone}'")} = nullif(${DIGITS("s.data ->> 'phone'")}, '')
      UNION ALL
      SELECT 1
      FROM event o
      WHERE ${PLACED} AND ${SINCE} AND o.kind IN ('order.placed', 'checkout.contact_given')
        AND coalesce(o.data #>> '{order,customer,id}', o.data #>> '{checkout,customerId}') = s.data ->> 'customerId'`;
const LEFT = statement<{ data: Checkout }, [shop: string, from: string, until: string, most: number]>("checkouts-left")`
  SELECT s.data
  FROM snapshot s
  WHERE s.shop = $1 AND s.kind = 'checkout' AND s.version > $2 AND s.version < $3
    AND coalesce(s.data ->> 'email', s.data ->> 'phone', s.data ->> 'customerId') IS NOT NULL
    AND s.data ->> 'completedAt' IS NULL AND s.data -> 'items' IS DISTINCT FROM '[]'
    AND NOT EXISTS (${ORDERS})
    AND NOT EXISTS (SELECT 1 FROM event a WHERE a.shop = s.shop AND a.key = ${sqlKeys.abandoned("s.id")})
  ORDER BY s.version
  LIMIT $4`;

async function left(sql: Sql, { shop, hours }: Wish, now: Date, most: number): Promise<Checkout[]> {
  const until = now.getTime() - hours * HOUR;
  const [from, to] = [new Date(until - LOOK_BACK).toISOString(), new Date(until).toISOString()];
  const rows = await sql.query(LEFT, [shop, from, to, most]);
  return rows.map(({ data }) => data);
}

/** It happened when the buyer did something for the last time: a connection made later is not owed it. */
const eventOf = (checkout: Checkout, shop: Shop, now: Date): Event => ({
  kind: "checkout.abandoned",
  key: abandonedKey(checkout.token),
  subject: subjectOf("checkout", checkout.token),
  occurredAt: checkout.updatedAt,
  saidAt: checkout.updatedAt,
  heardAt: now.toISOString(),
  version: null,
  shop,
  checkout,
});
