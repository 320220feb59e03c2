// What a backfill tells is owed to the connection that it is for, and to no other; also what all others were told long ago.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import type { Road } from "../road.ts";
import { type Booked, oweTo, recipientsOf } from "./book.ts";
import { customersOf, type Happened, type Kept, keyed, rowsOf } from "./new-events.ts";
import { OPEN } from "./open-backfills.ts";

interface Wanted {
  id: string;
  connectionId: string;
  since: Date;
  createdAt: Date;
}
const WANTED = statement<Wanted, [shop: string, ids: string[]]>("backfills-to-book-for")`
  SELECT id, connection_id AS "connectionId", since, created_at AS "createdAt"
  FROM backfill
  WHERE shop = $1 AND id = ANY ($2) AND state IN ${OPEN}`;

export type Told = Happened & { backfillId: string | null };

/** By the backfills that are still wanted, what each told of the time before; what happened since one began is of the present, as all the rest is. */
export async function partOf(sql: Sql, shop: string, told: Told[]) {
  const ids = [...new Set(told.flatMap(({ backfillId }) => backfillId ?? []))];
  const wanted = ids.length > 0 ? await sql.query(WANTED, [shop, ids]) : [];
  const find = ({ backfillId }: Told) => wanted.find(({ id }) => id === backfillId);
  const isPast = (one: Told) => {
    const backfill = find(one);
    return backfill !== undefined && happenedAt(one.event) < backfill.createdAt.getTime();
  };
  return {
    present: told.filter((one) => one.backfillId === null || (find(one) && !isPast(one))),
    past: wanted.map((backfill) => ({
      backfill,
      told: told.filter((one) => one.backfillId === backfill.id && isPast(one)),
    })),
  };
}

const happenedAt = (event: Event) => Date.parse(event.kind === "order.paid" ? event.order.placedAt : event.occurredAt);

export async function bookBackfill(
  road: Road,
  sql: Sql,
  shop: string,
  { id, connectionId, since }: Wanted,
  told: Happened[],
): Promise<Booked> {
  if (told.length === 0) return { lanes: [] };
  const known = await keepEvents(sql, shop, told);
  const [recipients, customers] = await Promise.all([recipientsOf(road, sql, shop), customersOf(sql, shop, known)]);
  // A merchant wants it, though it was before the connection was made; and no page is open that could tell who the visitor was.
  const chosen = recipients.filter((to) => to.id === connectionId).map((to) => ({ ...to, since, pixelOn: false }));
  return oweTo(road, sql, shop, chosen, [...customers, ...known], id);
}

const INSERT = statement<never, [shop: string, events: string]>("insert-backfilled-events")`
  INSERT INTO event (shop, key, kind, subject, occurred_at, version, data, persons, webhook_id, backfilled)
  SELECT $1, key, kind, subject, "occurredAt", version, data, persons, "webhookId", true
  FROM jsonb_to_recordset($2::jsonb) AS e (
    key text, kind text, subject text, "occurredAt" timestamptz, version text, data jsonb, persons bigint[],
    "webhookId" bigint)
  ON CONFLICT (shop, key) DO NOTHING`;
const KNOWN = statement<{ id: string; key: string; data: Event | null }, [shop: string, keys: string[]]>(
  "events-by-keys",
)`
  SELECT id, key, data
  FROM event
  WHERE shop = $1 AND key = ANY ($2)`;
// With a new number: what is too old is found by its number, and this has come past there.
const RENEW = statement<{ key: string; id: string; was: string }, [shop: string, events: string]>("tell-events-anew")`
  UPDATE event k
  SET id = nextval(pg_get_serial_sequence('event', 'id')), data = e.data, persons = e.persons,
    webhook_id = e."webhookId", created_at = now()
  FROM jsonb_to_recordset($2::jsonb) AS e (was bigint, data jsonb, persons bigint[], "webhookId" bigint)
  WHERE k.shop = $1 AND k.id = e.was AND k.data IS NULL
  RETURNING k.key, k.id, e.was`;
const FOLLOW = statement<never, [was: string[], now: string[]]>("follow-events-told-anew")`
  UPDATE delivery d
  SET event_id = n.id
  FROM unnest($1::bigint[], $2::bigint[]) AS n (was, id)
  WHERE d.event_id = n.was`;

/** As they were told first; those that are not kept any more as they are told now. */
async function keepEvents(sql: Sql, shop: string, told: Happened[]): Promise<Kept[]> {
  const byKey = keyed(told);
  await sql.query(INSERT, [shop, rowsOf(byKey)]);
  const known = new Map((await sql.query(KNOWN, [shop, [...byKey.keys()]])).map((row) => [row.key, row]));
  const faded = [...byKey].flatMap(([key, one]) => {
    const row = known.get(key);
    return row && row.data === null ? [{ was: row.id, one }] : [];
  });
  if (faded.length > 0) {
    const rows = JSON.parse(rowsOf(new Map(faded.map(({ one }) => [one.event.key, one])))) as object[];
    const anew = JSON.stringify(rows.map((row, at) => ({ ...row, was: faded[at]?.was })));
    const renewed = await sql.query(RENEW, [shop, anew]);
    await sql.query(FOLLOW, [renewed.map(({ was }) => was), renewed.map(({ id }) => id)]);
    for (const { key, id } of renewed) known.set(key, { id, key, data: null });
  }
  return [...byKey].flatMap(([key, { event }]) => {
    const row = known.get(key);
    return row ? [{ id: row.id, event: row.data ?? event }] : [];
  });
}
