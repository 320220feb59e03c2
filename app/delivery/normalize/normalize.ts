// Turns a shop's received webhooks into events and deliveries, in the order in which they came, in one transaction.
import type { Sql } from "../../db.server.ts";
import type { Event } from "../../events/event.ts";
import type { Shop } from "../../events/facts.ts";
import { read } from "../../events/read.ts";
import type { Heard, Known, Reading, Snapshot, SnapshotKey } from "../../events/reading.ts";
import type { Road } from "../road.ts";
import { type Booked, bookEvents } from "./book.ts";
import { loadSnapshots, saveSnapshots } from "./snapshots.ts";
import { uninstall } from "./uninstall.ts";

const MOST_AT_ONCE = 200;

interface Stored {
  id: string;
  topic: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  body: Buffer;
  arrival: string;
}
interface Done {
  id: string;
  state: "normalized" | "ignored" | "waiting" | "unreadable";
  reason: string | null;
}

/**
 * Works off up to 200 webhooks of a shop, and rings the lanes that got something to do.
 * @returns "more" where others wait behind them, "busy" where another process is at it, "done" where none is left.
 */
export async function normalize(road: Road, shop: string): Promise<"more" | "busy" | "done"> {
  return normalizeSome(road, shop, MOST_AT_ONCE);
}

async function normalizeSome(road: Road, shop: string, most: number): Promise<"more" | "busy" | "done"> {
  let taken = 0;
  let first: string | undefined;
  try {
    const booked = await road.db.transaction(async (sql) => {
      const [lock] = await sql.query<{ got: boolean }>(
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1)) AS got",
        [shop],
      );
      if (!lock?.got) return null;
      const webhooks = await take(sql, shop, most);
      taken = webhooks.length;
      first = webhooks[0]?.id;
      return webhooks.length > 0 ? workOff(road, sql, shop, webhooks) : { lanes: [] };
    });
    if (!booked) return "busy";
    await road.bell.lanes(booked.lanes);
    return taken === most ? "more" : "done";
  } catch (error) {
    if (!isAboutTheContent(error) || !first) throw error;
    if (taken > 1) return normalizeSome(road, shop, Math.ceil(taken / 2)).then(() => "more");
    await markUnreadable(road, first, error);
    return "more";
  }
}

const take = (sql: Sql, shop: string, most: number) =>
  sql.query<Stored>(
    `SELECT id, topic, triggered_at AS "triggeredAt", received_at AS "receivedAt", coalesce(body, '') AS body, nextval('arrival_seq') AS arrival
     FROM (SELECT * FROM webhook WHERE shop = $1 AND state = 'received' ORDER BY id LIMIT $2) AS oldest ORDER BY id`,
    [shop, most],
  );

async function workOff(road: Road, sql: Sql, domain: string, webhooks: Stored[]): Promise<Booked> {
  let shop = await shopFacts(sql, domain);
  const readings = webhooks.map((webhook) => ({ webhook, reading: read(heard(road, webhook, shop)) }));
  const memory = await remember(
    sql,
    domain,
    readings.map(({ reading }) => reading),
  );
  const events: { event: Event; webhookId: string }[] = [];
  const done: Done[] = [];
  let leaves: Stored | undefined;
  let told = false;
  for (const { webhook, reading } of readings) {
    done.push(doneWith(webhook, reading));
    if (reading.is === "uninstalled") leaves = webhook;
    if (reading.is !== "events") continue;
    const normalized = reading.normalize(memory.known);
    for (const snapshot of normalized.snapshots) memory.keep(snapshot);
    for (const event of normalized.events) events.push({ event, webhookId: webhook.id });
    if (normalized.shop) [shop, told] = [normalized.shop, true];
  }
  await saveSnapshots(sql, domain, memory.changed());
  if (told) await saveFacts(sql, shop);
  const booked = await bookEvents(road, sql, domain, events);
  if (leaves) await uninstall(sql, domain, leaves.triggeredAt, road.clock());
  await sql.query(
    `UPDATE webhook w SET state = d.state, reason = d.reason, normalized_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS d(id bigint, state text, reason text) WHERE w.id = d.id`,
    [JSON.stringify(done), road.clock()],
  );
  return booked;
}

const heard = (road: Road, webhook: Stored, shop: Shop): Heard => ({
  topic: webhook.topic,
  body: webhook.body,
  triggeredAt: webhook.triggeredAt?.toISOString() ?? null,
  heardAt: webhook.receivedAt.toISOString(),
  arrival: webhook.arrival,
  shop,
  pseudonym: (text) => road.keys.pseudonym(`${shop.domain}:${text}`),
});

function doneWith(webhook: Stored, reading: Reading): Done {
  if (reading.is === "unreadable") return { id: webhook.id, state: "unreadable", reason: reading.reason };
  if (reading.is === "ignored" || reading.is === "waiting") return { id: webhook.id, state: reading.is, reason: null };
  return { id: webhook.id, state: "normalized", reason: null };
}

/** The snapshots that the readings ask for, and what they change, so that a later webhook of the batch sees the earlier one's. */
async function remember(sql: Sql, shop: string, readings: Reading[]) {
  const nameOf = ({ kind, id }: SnapshotKey) => `${kind}\n${id}`;
  const needs = new Map(
    readings.flatMap((reading) => (reading.is === "events" ? reading.needs : [])).map((key) => [nameOf(key), key]),
  );
  const all = new Map(
    (await loadSnapshots(sql, shop, [...needs.values()])).map((snapshot) => [nameOf(snapshot), snapshot]),
  );
  const changed = new Map<string, Snapshot>();
  const known: Known = (key) => all.get(nameOf(key));
  return {
    known,
    keep(snapshot: Snapshot) {
      all.set(nameOf(snapshot), snapshot);
      changed.set(nameOf(snapshot), snapshot);
    },
    changed: () => [...changed.values()],
  };
}

export async function shopFacts(sql: Sql, domain: string): Promise<Shop> {
  const [row] = await sql.query<{ facts: Partial<Shop> | null }>("SELECT facts FROM shop WHERE domain = $1", [domain]);
  return { currency: "", timeZone: "UTC", locale: "en", primaryDomain: domain, ...row?.facts, domain };
}

async function saveFacts(sql: Sql, facts: Shop): Promise<void> {
  await sql.query("UPDATE shop SET facts = $2 WHERE domain = $1", [facts.domain, facts]);
}

/** A fault of the database as such (away, out of room, a deadlock) is no fault of a webhook: it stays received. */
function isAboutTheContent(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^(22|23|54)/.test(code)) return true;
  return code === "" && (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);
}

async function markUnreadable(road: Road, id: string, error: unknown): Promise<void> {
  const reason = `it could not be worked off: ${error instanceof Error ? error.message : error}`.slice(0, 300);
  await road.db.query(
    "UPDATE webhook SET state = 'unreadable', reason = $2, normalized_at = $3 WHERE id = $1 AND state = 'received'",
    [id, reason, road.clock()],
  );
}
