// Books events, and a delivery for each connection that is owed one; what is booked already is left as it is.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { holdLanes } from "../connections/lanes.ts";
import { CONNECTION, type StoredConnection } from "../connections/open-connection.ts";
import { readRules } from "../connections/rules.ts";
import { oweRefunds } from "../refunds.ts";
import type { Road } from "../road.ts";
import { type Due, hurry, insertDeliveries, revive } from "./insert-deliveries.ts";
import { countedBefore, sqlIdName } from "./kept-keys.ts";
import { customersOf, type Happened, insertEvents, type Kept } from "./new-events.ts";
import { OPEN } from "./open-backfills.ts";
import type { Recipient } from "./owe.ts";
import { type DeliveryRow, rowFor } from "./rows.ts";
import { raise, supersede } from "./supersede.ts";
import { countVisitors } from "./visitor-count.ts";

/** The lanes that have something to do now. */
export interface Booked {
  lanes: Due[];
}

export async function bookEvents(road: Road, sql: Sql, shop: string, heard: Happened[]): Promise<Booked> {
  if (heard.length === 0) return { lanes: [] };
  const fresh = await insertEvents(sql, shop, heard);
  const [recipients, customers] = await Promise.all([
    recipientsOf(road, sql, shop),
    customersOf(sql, shop, fresh),
    countVisitors(sql, shop, fresh),
  ]);
  return oweTo(road, sql, shop, recipients, [...customers, ...fresh]);
}

/** @param backfillId of the backfill that wants it; null: it is of the present. */
export async function oweTo(
  road: Road,
  sql: Sql,
  shop: string,
  recipients: Recipient[],
  events: Kept[],
  backfillId: string | null = null,
): Promise<Booked> {
  const rows = events.flatMap(({ id, event }) => recipients.flatMap((to) => rowFor(road, id, event, to, backfillId)));
  if (recipients.some(({ shopWasErased }) => shopWasErased)) await countedBefore(sql, shop, rows);
  const now = road.clock();
  const [, outdone] = await Promise.all([
    holdLanes(sql, [...new Set(rows.map(({ connectionId }) => connectionId))]),
    raise(sql, rows),
  ]);
  const wanted = new Set(recipients.filter(({ backfilling }) => backfilling).map(({ id }) => id));
  const known = rows.filter(({ connectionId, state }) => state === "due" && wanted.has(connectionId));
  const [, due, again] = await Promise.all([
    supersede(sql, outdone, now),
    insertDeliveries(sql, shop, rows, now),
    backfillId === null ? hurry(sql, shop, known) : revive(sql, shop, known, now),
    oweRefunds(road, sql, shop, purchasesAmong(rows)),
  ]);
  const lanes = [...due, ...again].map(({ connectionId, destination }) => ({ connectionId, destination }));
  return { lanes: lanesIn(lanes) };
}

export const lanesIn = (due: Due[]): Due[] => [...new Map(due.map((one) => [one.connectionId, one])).values()];

const purchasesAmong = (rows: DeliveryRow[]): string[] =>
  rows.flatMap(({ worth, state, subject }) => (worth !== null && state === "due" ? [subject] : []));

interface Stored extends StoredConnection {
  pixelOn: boolean | null;
  backfilling: boolean;
  wasErased: boolean;
}
const RECIPIENTS = statement<Stored, [shop: string]>("recipients-of-shop")`
  SELECT ${CONNECTION},
    (SELECT pixel_endpoint IS NOT NULL FROM shop WHERE domain = $1) AS "pixelOn",
    EXISTS (SELECT 1 FROM backfill b WHERE b.connection_id = connection.id AND b.state IN ${OPEN}) AS backfilling,
    EXISTS (SELECT 1 FROM erased_shop WHERE hash IN (sha256(convert_to($1, 'UTF8')),
      (SELECT sha256(convert_to(${sqlIdName("shopify_id")}, 'UTF8')) FROM shop WHERE domain = $1))) AS "wasErased"
  FROM connection
  WHERE shop = $1 AND state IN ('on', 'paused')
  FOR SHARE`;

/** Locked until the commit: whoever switches one off meanwhile waits, and then sees what was booked for it. */
export async function recipientsOf(road: Road, sql: Sql, shop: string): Promise<Recipient[]> {
  const rows = await sql.query(RECIPIENTS, [shop]);
  return rows.map(({ id, destination, account, createdAt, rules, pixelOn, backfilling, wasErased }) => ({
    id,
    destination,
    account,
    since: createdAt,
    rules: readRules(rules),
    consentGiven: road.sandbox !== null,
    pixelOn: pixelOn === true,
    backfilling,
    shopWasErased: wasErased,
  }));
}
