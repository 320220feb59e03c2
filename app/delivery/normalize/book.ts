// Books events, and a delivery for each connection that is owed one; what is booked already is left as it is.
import { createHash } from "node:crypto";
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import { holdLanes } from "../connections/lanes.ts";
import { CONNECTION, type StoredConnection } from "../connections/open-connection.ts";
import { readRules } from "../connections/rules.ts";
import { because } from "../reasons.ts";
import { oweRefunds } from "../refunds.ts";
import type { Road } from "../road.ts";
import type { StateAfter } from "../states.ts";
import { HOLD_MS, waitsForPixel } from "./hold.ts";
import { countedBefore } from "./kept-keys.ts";
import { customersOf, type Happened, insertEvents } from "./new-events.ts";
import { owe, type Recipient } from "./owe.ts";
import { raise, supersede } from "./supersede.ts";
import { countVisitors } from "./visitor-count.ts";

/** The lanes that have something to do now. */
export interface Booked {
  lanes: { connectionId: string; destination: string }[];
}

const PATIENCE = 72 * 3_600_000;

interface DeliveryRow {
  destination: string;
  account: string;
  keyHash: string;
  connectionId: string;
  eventId: string;
  kind: string;
  state: StateAfter<"booking">;
  reason: Reason | null;
  subject: string;
  occurredAt: string;
  version: string | null;
  dueAt: Date;
  deadlineAt: Date;
  worth: string | null;
  currency: string | null;
}

export async function bookEvents(road: Road, sql: Sql, shop: string, heard: Happened[]): Promise<Booked> {
  if (heard.length === 0) return { lanes: [] };
  const fresh = await insertEvents(sql, shop, heard);
  const [recipients, customers] = await Promise.all([
    recipientsOf(road, sql, shop),
    customersOf(sql, shop, fresh),
    countVisitors(sql, shop, fresh),
  ]);
  const rows = [...customers, ...fresh].flatMap(({ id, event }) =>
    recipients.flatMap((to) => rowFor(road, id, event, to)),
  );
  if (recipients.some(({ shopWasErased }) => shopWasErased)) await countedBefore(sql, shop, rows);
  const [, newest] = await Promise.all([
    holdLanes(sql, [...new Set(rows.map(({ connectionId }) => connectionId))]),
    raise(sql, rows),
  ]);
  const [, due] = await Promise.all([
    supersede(sql, newest, road.clock()),
    insertDeliveries(sql, shop, rows, road.clock()),
    oweRefunds(road, sql, shop, purchasesAmong(rows)),
  ]);
  const lanes = new Map(due.map(({ connectionId, destination }) => [connectionId, { connectionId, destination }]));
  return { lanes: [...lanes.values()] };
}

const purchasesAmong = (rows: DeliveryRow[]): string[] =>
  rows.flatMap(({ worth, state, subject }) => (worth !== null && state === "due" ? [subject] : []));

const RECIPIENTS = statement<StoredConnection & { pixelOn: boolean | null; wasErased: boolean }, [shop: string]>(
  "recipients-of-shop",
)`
  SELECT ${CONNECTION},
    (SELECT pixel_endpoint IS NOT NULL FROM shop WHERE domain = $1) AS "pixelOn",
    EXISTS (SELECT 1 FROM erased_shop WHERE hash = sha256(convert_to($1, 'UTF8'))) AS "wasErased"
  FROM connection
  WHERE shop = $1 AND state IN ('on', 'paused')
  FOR SHARE`;

/** Locked until the commit: whoever switches one off meanwhile waits, and then sees what was booked for it. */
async function recipientsOf(road: Road, sql: Sql, shop: string): Promise<(Recipient & { shopWasErased: boolean })[]> {
  const rows = await sql.query(RECIPIENTS, [shop]);
  return rows.map(({ id, destination, account, createdAt, rules, pixelOn, wasErased }) => ({
    id,
    destination,
    account,
    since: createdAt,
    rules: readRules(rules),
    consentGiven: road.sandbox !== null,
    pixelOn: pixelOn === true,
    shopWasErased: wasErased,
  }));
}

function rowFor(road: Road, eventId: string, event: Event, to: Recipient): DeliveryRow[] {
  const sheet = road.destinations.find(({ slug }) => slug === to.destination);
  const owed = sheet && owe(event, sheet, to);
  if (!sheet || !owed) return [];
  const happened = event.kind === "order.paid" ? event.paidAt : event.occurredAt;
  const purchase = event.kind === "order.placed" || event.kind === "order.paid" ? event.order.amounts : null;
  const now = road.clock().getTime();
  const deadline = sheet.window && event.version === null ? Date.parse(happened) + sheet.window : now + PATIENCE;
  return [
    {
      destination: to.destination,
      account: to.account,
      keyHash: createHash("sha256").update(owed.key).digest("hex"),
      connectionId: to.id,
      eventId,
      kind: event.kind,
      state: owed.skip ? "skipped" : "due",
      reason: owed.skip,
      subject: event.subject,
      occurredAt: happened,
      version: event.version,
      dueAt: new Date(waitsForPixel(event, sheet, to.pixelOn) ? now + HOLD_MS : now),
      deadlineAt: new Date(deadline),
      worth: purchase?.total ?? null,
      currency: purchase?.currency ?? null,
    },
  ];
}

const INSERT = statement<
  { connectionId: string; destination: string; state: string },
  [shop: string, deliveries: string, now: Date]
>("insert-deliveries")`
  INSERT INTO delivery (
    shop, destination, account, key_hash, connection_id, event_id, kind, state, reason_code, reason_values, subject,
    occurred_at, version, due_at, deadline_at, worth, currency, created_at, settled_at)
  SELECT $1, destination, account, decode("keyHash", 'hex'), "connectionId", "eventId", kind, state, reason ->> 'code',
    reason -> 'values', subject, "occurredAt", version, "dueAt", "deadlineAt", worth, currency, $3,
    CASE WHEN state = 'due' THEN NULL ELSE $3::timestamptz END
  FROM jsonb_to_recordset($2::jsonb) AS d (
    destination text, account text, "keyHash" text, "connectionId" uuid, "eventId" bigint, kind text, state text,
    reason jsonb, subject text, "occurredAt" timestamptz, version text, "dueAt" timestamptz, "deadlineAt" timestamptz,
    worth numeric, currency text)
  ON CONFLICT (shop, destination, account, key_hash) DO NOTHING
  RETURNING connection_id AS "connectionId", destination, state`;

/** @returns what is due now. A key that the ledger knows is never given away again. */
async function insertDeliveries(sql: Sql, shop: string, rows: DeliveryRow[], now: Date) {
  if (rows.length === 0) return [];
  const named = rows.map((row) => (row.state === "superseded" ? { ...row, reason: because("newer_known") } : row));
  const inserted = await sql.query(INSERT, [shop, JSON.stringify(named), now]);
  return inserted.filter(({ state }) => state === "due");
}
