// How long things are kept, and the removal of what is older, in small batches.
import { type Statement, statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";
import { isChosen, usual } from "./keep.ts";
import { DROP_SUPERSEDED } from "./old-states.ts";
import { AT_ONCE, step, type TableScan } from "./table-scan.ts";
import {
  BODIES,
  DAY_BODIES,
  DROP_ATTEMPTS,
  EVENT_DATA,
  REQUESTS,
  SHORTER_ATTEMPTS,
  SHORTER_SCANS,
  STATES,
  WEBHOOKS,
} from "./walks.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** In milliseconds since a thing came to us, or ended. Carts, visitors and the like say themselves when they expire (app/events). */
export const KEEP = {
  /** The body of what nobody reads, and of a post of the web pixel that was read. */
  dayBody: DAY,
  /** All others', and the requests to vendors that are made of them; but of a request of the shop's customer that still waits. */
  body: usual("bodies") * DAY,
  /** That a webhook came: Shopify sends it again for two days at most. */
  webhook: 90 * DAY,
  eventData: usual("data") * DAY,
  /** A state that a newer one followed, with what was owed for it; deliveries of conversions and behaviour stay, as the ledger's keys. */
  state: 90 * DAY,
  /** One that was never sent because of a newer one. */
  superseded: 30 * DAY,
  attempt: usual("attempts") * DAY,
  /** What ended in an hour: longer than the trigger counts back. */
  hour: 9 * DAY,
  /** What was replayed, alerts that are over, requests about people, and who looked at what of them. */
  record: 365 * DAY,
};

/** The last moment to send an event again: its data outlasts the 72 hours that this may take. @param dataDays how long the shop keeps it. */
export const replayableFor = (dataDays: number): number => (dataDays - 3) * DAY - HOUR;

/** Each can be done by itself. `remove` says how many rows it came past, or removed. */
export interface Removal {
  what: string;
  remove: () => Promise<number>;
}

/** @param signal ends them between two batches. */
export function removals(road: Road, signal: AbortSignal): Removal[] {
  const before = (age: number) => new Date(road.clock().getTime() - age);
  const scan = (of: TableScan, age: number) => removal(of.name, () => step(road, of, before(age)));
  const gone = (what: string, rows: Statement<unknown, [before: Date, most: number]>, age: number) =>
    removal(what, async () => (await road.db.query(rows, [before(age), AT_ONCE])).length);
  const removal = (what: string, once: () => Promise<number>) => ({ what, remove: () => repeat(signal, once) });
  // What no shop wants is not gone through.
  const ifChosen = (what: "bodies" | "data" | "attempts", days: number, { what: name, remove }: Removal): Removal => ({
    what: name,
    remove: async () => ((await isChosen(road))(what, days) ? remove() : 0),
  });
  return [
    ...SHORTER_SCANS.map(({ what, days, walk }) => ifChosen(what, days, scan(walk, days * DAY))),
    ...SHORTER_ATTEMPTS.map(({ days, rows }) =>
      ifChosen("attempts", days, gone(`attempts of ${days} days`, rows, days * DAY)),
    ),
    scan(DAY_BODIES, KEEP.dayBody),
    scan(BODIES, KEEP.body),
    scan(REQUESTS, KEEP.body),
    scan(WEBHOOKS, KEEP.webhook),
    scan(EVENT_DATA, KEEP.eventData),
    scan(STATES, KEEP.state),
    gone("superseded states", DROP_SUPERSEDED, KEEP.superseded),
    gone("attempts", DROP_ATTEMPTS, KEEP.attempt),
    gone("customers' facts", FACTS, 0),
    gone("snapshots", SNAPSHOTS, 0),
    gone("replays", REPLAYS, KEEP.record),
    gone("notices of alerts", NOTICES, KEEP.record),
    gone("alerts", ALERTS, KEEP.record),
    gone("counts by hour", HOURS, KEEP.hour),
    gone("backfills", BACKFILLS, KEEP.record),
    gone("erasures", ERASURES, KEEP.record),
    gone("requests for data", DATA_REQUESTS, KEEP.record),
    gone("looks", LOOKS, KEEP.record),
    gone("files about people", FILES, 0),
  ];
}

async function repeat(signal: AbortSignal, once: () => Promise<number>): Promise<number> {
  for (let done = 0; ; ) {
    const rows = signal.aborted ? 0 : await once();
    done += rows;
    if (rows < AT_ONCE) return done;
  }
}

/** The first parameter is the moment before which they are too old, the second how many go at once. */
type Dropped = "replay" | "erasure" | "alert" | "data_request" | "look" | "backfill" | "alert_notice";
const drop = (table: Dropped, when: string) =>
  statement<{ id: string }, [before: Date, most: number]>(`drop-old-${table.replace("_", "-")}s`)`
    DELETE FROM ${table}
    WHERE id IN (SELECT id FROM ${table} WHERE ${when} < $1 LIMIT $2)
    RETURNING id`;
const REPLAYS = drop("replay", "at");
const ERASURES = drop("erasure", "done_at");
const ALERTS = drop("alert", "ended_at");
const DATA_REQUESTS = drop("data_request", "done_at");
const LOOKS = drop("look", "at");
const BACKFILLS = drop("backfill", "ended_at");
const NOTICES = drop("alert_notice", "of");
const HOURS = statement<{ id: string }, [before: Date, most: number]>("forget-hours")`
  DELETE FROM delivery_hour
  WHERE ctid IN (SELECT ctid FROM delivery_hour WHERE hour < $1 LIMIT $2)
  RETURNING connection_id AS id`;
const FILES = statement<{ id: string }, [before: Date, most: number]>("drop-files-about-people")`
  UPDATE data_request
  SET file = NULL, persons = NULL
  WHERE id IN (SELECT id FROM data_request WHERE until < $1 AND file IS NOT NULL LIMIT $2)
  RETURNING id`;

const EXPIRED = (which: string) => `
    (SELECT shop, kind, id FROM snapshot WHERE expires_at < $1 AND ${which} LIMIT $2) AS old
  WHERE s.shop = old.shop AND s.kind = old.kind AND s.id = old.id AND s.expires_at < $1
  RETURNING s.id`;
const SNAPSHOTS = statement<{ id: string }, [before: Date, most: number]>("drop-expired-snapshots")`
  DELETE FROM snapshot s
  USING ${EXPIRED("kind <> 'customer'")}`;
// When each was said stays, as a little later than it was: a webhook that comes again does not bring it back.
const FACTS = statement<{ id: string }, [before: Date, most: number]>("forget-customers-facts")`
  UPDATE snapshot s
  SET expires_at = NULL, persons = NULL,
    data = s.data || jsonb_build_object('facts', (
      SELECT coalesce(jsonb_object_agg(f.key, jsonb_build_object('stamp', (f.value ->> 'stamp') || '~')), '{}')
      FROM jsonb_each(s.data -> 'facts') f))
  FROM ${EXPIRED("kind = 'customer'")}`;
