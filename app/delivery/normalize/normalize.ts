// Turns a shop's received webhooks into events and deliveries, in the order in which they came, in one transaction.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { cut, keptJson } from "../../base/text.ts";
import type { Shop } from "../../events/facts.ts";
import { PIXEL_POST, read } from "../../events/read.ts";
import type { Heard, Known, Reading, Snapshot, SnapshotKey } from "../../events/reading.ts";
import { isAboutTheContent } from "../fault.ts";
import { because, sqlSetReason } from "../reasons.ts";
import type { Presence, Road } from "../road.ts";
import { saveFacts, shopFacts } from "../shop-facts.ts";
import { loadSnapshots, saveSnapshots } from "../snapshots.ts";
import { type Booked, bookEvents } from "./book.ts";
import { mapInTimeSlices } from "./time-slices.ts";
import { InDoubt, part, partings } from "./uninstall.ts";

const MOST_AT_ONCE = 200;
const MOST_BYTES = 8 * 1024 * 1024;

interface Stored {
  id: string;
  topic: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  body: Buffer;
  arrival: string;
  /** How many there were to take, up to the most. */
  there: number;
}
interface Done {
  id: string;
  state: "normalized" | "ignored" | "waiting" | "unreadable";
  reason: Reason | null;
}

/**
 * Works off up to `most` webhooks of a shop, and rings the lanes that got something to do.
 * @returns "more" where others wait behind them, "busy" where another process is at it, "done" where none is left.
 */
export async function normalize(
  road: Road,
  shop: string,
  most = MOST_AT_ONCE,
  asked?: Presence,
): Promise<"more" | "busy" | "done"> {
  let taken: Stored[] = [];
  try {
    const booked = await road.db.transaction(async (sql) => {
      const [lock] = await sql.query<{ got: boolean }>(
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1)) AS got",
        [shop],
      );
      if (!lock?.got) return null;
      taken = await take(sql, shop, most);
      return taken.length > 0 ? workOff(road, sql, shop, taken, asked) : { lanes: [] };
    });
    if (!booked) return "busy";
    await road.bell.lanes(booked.lanes);
    const there = taken[0]?.there ?? 0;
    return taken.length < there || there === most ? "more" : "done";
  } catch (error) {
    if (error instanceof InDoubt && road.askInstalled)
      return normalize(road, shop, most, await road.askInstalled(shop));
    const [first] = taken;
    if (!isAboutTheContent(error) || !first) throw error;
    if (taken.length > 1) return normalize(road, shop, Math.ceil(taken.length / 2)).then(() => "more");
    await markUnreadable(road, first.id, error);
    return "more";
  }
}

// Shopify's own are taken first: what strangers post to the shop's pixel holds up no order. What was taken is worked off in the
// order in which it came, so that a post tells an order beside it who its visitor is.
const TAKE = `
  SELECT id, topic, triggered_at AS "triggeredAt", received_at AS "receivedAt", coalesce(body, '') AS body, there, nextval('arrival_seq') AS arrival
  FROM (
    SELECT *, (count(*) OVER ())::int AS there, row_number() OVER first AS place, sum(octet_length(body)) OVER first AS bytes
    FROM (
      SELECT id, topic, triggered_at, received_at, body, topic = '${PIXEL_POST}' AS post FROM webhook
      WHERE shop = $1 AND state = 'received' ORDER BY topic = '${PIXEL_POST}', id LIMIT $2
    ) AS open
    WINDOW first AS (ORDER BY post, id)
  ) AS counted
  WHERE place = 1 OR bytes <= $3 ORDER BY id`;

const take = (sql: Sql, shop: string, most: number) => sql.query<Stored>(TAKE, [shop, most, MOST_BYTES]);

async function workOff(road: Road, sql: Sql, domain: string, webhooks: Stored[], asked?: Presence): Promise<Booked> {
  const shop = await shopFacts(sql, domain);
  const readings = await mapInTimeSlices(road.timer, webhooks, (webhook) => ({
    webhook,
    reading: read(heard(road, webhook, shop)),
  }));
  const gone = await partings(road, sql, domain, readings, asked);
  const memory = await remember(
    sql,
    domain,
    readings.map(({ reading }) => reading),
  );
  const told = await mapInTimeSlices(road.timer, readings, ({ webhook, reading }) => {
    if (reading.is !== "events") return { events: [], shop: undefined };
    const { events, snapshots, shop } = reading.normalize(memory.known);
    for (const snapshot of snapshots) memory.keep(snapshot);
    return { events: events.map((event) => ({ event, webhookId: webhook.id })), shop };
  });
  await saveSnapshots(sql, domain, memory.changed());
  const facts = told.findLast(({ shop }) => shop)?.shop;
  if (facts) await saveFacts(sql, facts);
  const booked = await bookEvents(
    road,
    sql,
    domain,
    told.flatMap(({ events }) => events),
  );
  await part(road, sql, domain, readings, gone);
  const done = readings
    .filter(({ webhook }) => gone.get(webhook.id) !== "unknown")
    .map(({ webhook, reading }) => doneWith(webhook, reading, gone.get(webhook.id) === "gone"));
  await sql.query(
    `UPDATE webhook w SET state = d.state, ${sqlSetReason("d.reason")}, normalized_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS d(id bigint, state text, reason jsonb) WHERE w.id = d.id`,
    [JSON.stringify(done), road.clock()],
  );
  return booked;
}

const heard = (road: Road, webhook: Stored, shop: Shop): Heard => ({
  topic: webhook.topic,
  body: webhook.body,
  triggeredAt: webhook.triggeredAt?.toISOString() ?? null,
  heardAt: webhook.receivedAt.toISOString(),
  now: road.clock().toISOString(),
  arrival: webhook.arrival,
  shop,
  pseudonym: (text) => road.keys.pseudonym(`${shop.domain}:${text}`),
});

function doneWith(webhook: Stored, reading: Reading, gone: boolean): Done {
  if (reading.is === "unreadable") return { id: webhook.id, state: "unreadable", reason: reading.reason };
  if (reading.is === "ignored" || reading.is === "waiting") return { id: webhook.id, state: reading.is, reason: null };
  // To erase a shop that left is still to be worked off; one that is back is not erased.
  if (reading.is === "redacted" && gone) return { id: webhook.id, state: "waiting", reason: null };
  return { id: webhook.id, state: "normalized", reason: null };
}

/** The snapshots that the readings ask for, and what they change, so that a later webhook of the batch sees the earlier one's. */
async function remember(sql: Sql, shop: string, readings: Reading[]) {
  const nameOf = ({ kind, id }: SnapshotKey) => `${kind}\n${id}`;
  const all = new Map<string, Snapshot>();
  const known: Known = (key) => all.get(nameOf(key));
  const asked = readings.filter((reading) => reading.is === "events");
  // What the first say leads to the second: a merged customer to the one who is left.
  for (const ask of [
    () => asked.flatMap(({ needs }) => needs),
    () => asked.flatMap(({ more }) => more?.(known) ?? []),
  ]) {
    const keys = new Map(ask().map((key) => [nameOf(key), key]));
    const missing = [...keys].flatMap(([name, key]) => (all.has(name) ? [] : key));
    for (const snapshot of await loadSnapshots(sql, shop, missing)) all.set(nameOf(snapshot), snapshot);
  }
  const changed = new Map<string, Snapshot>();
  return {
    known,
    keep(snapshot: Snapshot) {
      all.set(nameOf(snapshot), snapshot);
      changed.set(nameOf(snapshot), snapshot);
    },
    changed: () => [...changed.values()],
  };
}

async function markUnreadable(road: Road, id: string, error: unknown): Promise<void> {
  const fault = cut(error instanceof Error ? error.message : `${error}`, 270);
  await road.db.query(
    `UPDATE webhook SET state = 'unreadable', ${sqlSetReason("$2::jsonb")}, normalized_at = $3 WHERE id = $1 AND state = 'received'`,
    [id, keptJson(because("not_worked_off", { fault })), road.clock()],
  );
}
