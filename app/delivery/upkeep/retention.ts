// How long things are kept, and the removal of what is older, in small batches.
import type { Sql } from "../../db.server.ts";
import type { Road } from "../road.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** All times of the retention, in milliseconds since a thing came to us. */
export const KEEP = {
  ignoredBody: DAY,
  body: 30 * DAY,
  eventData: 90 * DAY,
  /** A delivery that is superseded, and its event; deliveries of conversions and behaviour stay, as the ledger's keys. */
  superseded: 30 * DAY,
  attempt: 30 * DAY,
  /** The last moment to send an event again: its data outlasts the 72 hours that this may take. */
  replayable: 87 * DAY - HOUR,
};

const AT_ONCE = 1_000;

/** Removes what is too old. @returns how many rows of each kind lost something. */
export async function removeOld(road: Road, signal: AbortSignal): Promise<Record<string, number>> {
  const before = (age: number) => new Date(road.clock().getTime() - age);
  const walk = (name: string, statement: string, age: number) =>
    repeat(signal, () => step(road, name, statement, before(age)));
  const drop = (statement: string, age: number) =>
    repeat(signal, async () => (await road.db.query(statement, [before(age), AT_ONCE])).length);
  return {
    ignoredBodies: await walk("ignored bodies", IGNORED_BODIES, KEEP.ignoredBody),
    bodies: await walk("bodies", BODIES, KEEP.body),
    eventData: await walk("event data", EVENT_DATA, KEEP.eventData),
    superseded: await drop(SUPERSEDED, KEEP.superseded),
    attempts: await drop(ATTEMPTS, KEEP.attempt),
    snapshots: await drop(SNAPSHOTS, 0),
  };
}

async function repeat(signal: AbortSignal, once: () => Promise<number>): Promise<number> {
  for (let done = 0; ; ) {
    const rows = signal.aborted ? 0 : await once();
    done += rows;
    if (rows < AT_ONCE) return done;
  }
}

/** Webhooks and events are numbered in the order of their coming: a walk remembers how far it came, and needs no index. */
async function step(road: Road, name: string, statement: string, before: Date): Promise<number> {
  return road.db.transaction(async (sql) => {
    const from = await markOf(sql, name);
    const [row] = await sql.query<{ passed: number; last: string | null }>(statement, [before, AT_ONCE, from]);
    if (row?.last) {
      await sql.query(
        "INSERT INTO upkeep_mark (name, up_to) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET up_to = excluded.up_to",
        [name, row.last],
      );
    }
    return row?.passed ?? 0;
  });
}

async function markOf(sql: Sql, name: string): Promise<string> {
  const [mark] = await sql.query<{ upTo: string }>(`SELECT up_to AS "upTo" FROM upkeep_mark WHERE name = $1`, [name]);
  return mark?.upTo ?? "0";
}

// A walk never passes a row that is not ready: a webhook still to be read, an event still to be sent.
const walkBodies = (which: string) => `
  WITH next AS MATERIALIZED (SELECT id, received_at, state FROM webhook WHERE id > $3 ORDER BY id LIMIT $2),
    stop AS (SELECT min(id) AS id FROM next WHERE received_at >= $1 OR state = 'received'),
    passed AS (SELECT next.id FROM next, stop WHERE stop.id IS NULL OR next.id < stop.id),
    emptied AS (UPDATE webhook w SET body = NULL FROM passed WHERE w.id = passed.id AND w.body IS NOT NULL AND ${which})
  SELECT count(*)::int AS passed, max(id) AS last FROM passed`;
const IGNORED_BODIES = walkBodies("w.state = 'ignored'");
const BODIES = walkBodies("true");

const EVENT_DATA = `
  WITH next AS MATERIALIZED (SELECT id, created_at FROM event WHERE id > $3 ORDER BY id LIMIT $2),
    stop AS (SELECT min(id) AS id FROM next WHERE created_at >= $1
      OR EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = next.id AND d.state = 'due')),
    passed AS (SELECT next.id FROM next, stop WHERE stop.id IS NULL OR next.id < stop.id),
    emptied AS (UPDATE event e SET data = NULL FROM passed WHERE e.id = passed.id AND e.data IS NOT NULL)
  SELECT count(*)::int AS passed, max(id) AS last FROM passed`;

const SUPERSEDED = `
  WITH gone AS (
    DELETE FROM delivery WHERE id IN (
      SELECT id FROM delivery WHERE state = 'superseded' AND version IS NOT NULL AND settled_at < $1 ORDER BY settled_at LIMIT $2)
    RETURNING id, event_id),
    told AS (
      DELETE FROM event e USING gone WHERE e.id = gone.event_id AND e.version IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = e.id AND d.id NOT IN (SELECT id FROM gone)))
  SELECT id FROM gone`;

const ATTEMPTS = `DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE started_at < $1 ORDER BY started_at LIMIT $2) RETURNING id`;

const SNAPSHOTS = `
  DELETE FROM snapshot s USING (SELECT shop, kind, id FROM snapshot WHERE expires_at < $1 LIMIT $2) old
  WHERE s.shop = old.shop AND s.kind = old.kind AND s.id = old.id AND s.expires_at < $1 RETURNING 1`;
