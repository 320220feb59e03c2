// How long things are kept, and the removal of what is older, in small batches.
import { PIXEL_POST } from "../../events/read.ts";
import type { Road } from "../road.ts";
import { DROP_OLD_STATES, DROP_SUPERSEDED } from "./old-states.ts";
import { AT_ONCE, step, type TableScan } from "./table-scan.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** In milliseconds since a thing came to us, or ended. Carts, visitors and the like say themselves when they expire (app/events). */
export const KEEP = {
  /** The body of what nobody reads, and of a post of the web pixel that was read. */
  dayBody: DAY,
  /** All others', but of a request of the shop's customer that still waits. */
  body: 30 * DAY,
  /** That a webhook came: Shopify sends it again for two days at most. */
  webhook: 90 * DAY,
  eventData: 90 * DAY,
  /** A state that a newer one followed, with what was owed for it; deliveries of conversions and behaviour stay, as the ledger's keys. */
  state: 90 * DAY,
  /** One that was never sent because of a newer one. */
  superseded: 30 * DAY,
  attempt: 30 * DAY,
  /** What was replayed, alerts that are over, and erasures. */
  record: 365 * DAY,
  /** The last moment to send an event again: its data outlasts the 72 hours that this may take. */
  replayable: 87 * DAY - HOUR,
};

/** Each can be done by itself. `remove` says how many rows it came past, or removed. */
export interface Removal {
  what: string;
  remove: () => Promise<number>;
}

/** @param signal ends them between two batches. */
export function removals(road: Road, signal: AbortSignal): Removal[] {
  const before = (age: number) => new Date(road.clock().getTime() - age);
  const scan = (of: TableScan, age: number) => removal(of.name, () => step(road, of, before(age)));
  const drop = (what: string, statement: string, age: number) =>
    removal(what, async () => (await road.db.query(statement, [before(age), AT_ONCE])).length);
  const removal = (what: string, once: () => Promise<number>) => ({ what, remove: () => repeat(signal, once) });
  return [
    scan(DAY_BODIES, KEEP.dayBody),
    scan(BODIES, KEEP.body),
    scan(WEBHOOKS, KEEP.webhook),
    scan(EVENT_DATA, KEEP.eventData),
    scan(STATES, KEEP.state),
    drop("superseded states", DROP_SUPERSEDED, KEEP.superseded),
    drop("attempts", ATTEMPTS, KEEP.attempt),
    drop("customers' facts", FACTS, 0),
    drop("snapshots", SNAPSHOTS, 0),
    drop("replays", REPLAYS, KEEP.record),
    drop("alerts", ALERTS, KEEP.record),
    drop("erasures", ERASURES, KEEP.record),
  ];
}

async function repeat(signal: AbortSignal, once: () => Promise<number>): Promise<number> {
  for (let done = 0; ; ) {
    const rows = signal.aborted ? 0 : await once();
    done += rows;
    if (rows < AT_ONCE) return done;
  }
}

const NO_BODY = `emptied AS (UPDATE webhook w SET body = NULL FROM ready WHERE w.id = ready.id AND w.body IS NOT NULL)`;

// What is not read after a day is left to the scan of all bodies.
const DAY_BODIES: TableScan = {
  name: "bodies of a day",
  table: "webhook",
  about: `r.state = 'ignored' OR (r.topic = '${PIXEL_POST}' AND r.state = 'normalized')`,
  ready: "true",
  act: NO_BODY,
};
const BODIES: TableScan = {
  name: "bodies",
  table: "webhook",
  about: "true",
  ready: "r.state NOT IN ('received', 'waiting')",
  act: NO_BODY,
};

// Told again, each of the others finds its events' keys. A cart that changed nothing left no key, and an uninstall none at all.
const WEBHOOKS: TableScan = {
  name: "webhooks",
  table: "webhook",
  about: "r.topic NOT LIKE 'carts/%' AND r.topic <> 'app/uninstalled'",
  ready:
    "r.body IS NULL AND (r.state IN ('normalized', 'ignored') OR (r.state = 'unreadable' AND r.dismissed_at IS NOT NULL))",
  act: "gone AS (DELETE FROM webhook w USING ready WHERE w.id = ready.id)",
};

const EVENT_DATA: TableScan = {
  name: "event data",
  table: "event",
  about: "r.data IS NOT NULL",
  ready: "NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = r.id AND d.state = 'due')",
  act: "emptied AS (UPDATE event e SET data = NULL, persons = NULL FROM ready WHERE e.id = ready.id)",
};

const STATES: TableScan = {
  name: "states",
  table: "event",
  about: "r.version IS NOT NULL",
  ready: "true",
  act: DROP_OLD_STATES,
};

const ATTEMPTS = `DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE started_at < $1 ORDER BY started_at LIMIT $2) RETURNING id`;
const REPLAYS = `DELETE FROM replay WHERE id IN (SELECT id FROM replay WHERE at < $1 LIMIT $2) RETURNING id`;
const ERASURES = `DELETE FROM erasure WHERE id IN (SELECT id FROM erasure WHERE done_at < $1 LIMIT $2) RETURNING id`;
const ALERTS = `DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE ended_at < $1 LIMIT $2) RETURNING id`;

const EXPIRED = (
  which: string,
) => `(SELECT shop, kind, id FROM snapshot WHERE expires_at < $1 AND ${which} LIMIT $2) AS old
  WHERE s.shop = old.shop AND s.kind = old.kind AND s.id = old.id AND s.expires_at < $1 RETURNING 1`;
const SNAPSHOTS = `DELETE FROM snapshot s USING ${EXPIRED("kind <> 'customer'")}`;
// When each was said stays, as a little later than it was: a webhook that comes again does not bring it back.
const FACTS = `
  UPDATE snapshot s SET expires_at = NULL, persons = NULL, data = s.data || jsonb_build_object('facts', (
    SELECT coalesce(jsonb_object_agg(f.key, jsonb_build_object('stamp', (f.value ->> 'stamp') || '~')), '{}') FROM jsonb_each(s.data -> 'facts') f))
  FROM ${EXPIRED("kind = 'customer'")}`;
