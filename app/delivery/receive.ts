// Commits webhooks: one INSERT, shared by those that wait while another commit is under way; a lone one is not delayed.

import type { Database } from "../base/database.ts";
import { statement, type ValuesOf } from "../base/statement.ts";
import { isAboutTheContent } from "./fault.ts";
import { SQL_KEPT_OF_WEBHOOK } from "./identity/names.ts";

/** A webhook whose sender is proved, as it came. */
export interface Arrival {
  /** Once it is committed, the name under which the shop is kept. */
  shop: string;
  /** The shop is named as Shopify knows it now; absent: as it is kept. */
  named?: boolean;
  topic: string;
  webhookId: string;
  eventId: string | null;
  apiVersion: string | null;
  triggeredAt: string | null;
  body: Buffer;
  /** Who told it; absent: Shopify, by a webhook. The others were asked for, and retold as the webhook that did not come. */
  origin?: Origin;
}
export type Origin = "shopify" | "reconciliation" | "backfill";

const MOST_AT_ONCE = 100;
const MOST_BYTES = 8 * 1024 * 1024;
const COMMITS_AT_ONCE = 2;
/** One that takes longer may hang, and the next does not wait for it. Two in time would only share the work of one. */
const LATE_MS = 20;
/** Shopify gives up after 5 s; ours must be said before. */
const PATIENCE = 3_500;

// The same webhook, redelivered, is already there: that is a success. An array of bodies would travel as text, twice their
// size; so they go as one piece of binary that is cut apart there. Only those come back whose shop is kept under another name.
const INSERT = statement<
  { place: number; shop: string },
  [
    shops: string[],
    named: boolean[],
    topics: string[],
    webhookIds: string[],
    eventIds: (string | null)[],
    apiVersions: (string | null)[],
    triggeredAt: (string | null)[],
    origins: Origin[],
    starts: number[],
    lengths: number[],
    bodies: Buffer,
  ]
>("receive-webhooks")`
  WITH arrival AS (
    SELECT a.*, coalesce(${SQL_KEPT_OF_WEBHOOK}, a.name) AS shop
    FROM unnest($1::text[], $2::boolean[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
      $8::text[], $9::int[], $10::int[]) WITH ORDINALITY
      AS a (name, named, topic, webhook_id, event_id, api_version, triggered_at, origin, start, length, place)
    LEFT JOIN shop_domain d ON a.named AND d.domain = a.name),
  inserted AS (
    INSERT INTO webhook (shop, topic, webhook_id, event_id, api_version, triggered_at, origin, body)
    SELECT shop, topic, webhook_id, event_id, api_version, triggered_at, origin,
      substring($11::bytea FROM start FOR length)
    FROM arrival
    ORDER BY place
    ON CONFLICT (shop, topic, webhook_id) DO NOTHING)
  SELECT place::int AS place, shop
  FROM arrival
  WHERE shop <> name`;

interface Waiting {
  arrival: Arrival;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * @param patience milliseconds in which it must be committed.
 * @returns a function that resolves once the webhook is committed.
 * @throws when it was not committed in time: Shopify shall send it again.
 */
export function openReceiver(db: Database, patience = PATIENCE): (arrival: Arrival) => Promise<void> {
  let waiting: Waiting[] = [];
  let [underWay, inTime] = [0, null as Waiting[] | null];
  const pump = async () => {
    if (inTime || underWay >= COMMITS_AT_ONCE || waiting.length === 0) return;
    const batch = firstOf(waiting);
    waiting = waiting.slice(batch.length);
    underWay += 1;
    inTime = batch;
    const next = () => {
      if (inTime === batch) inTime = null;
      void pump();
    };
    const late = setTimeout(next, LATE_MS);
    const tell = await commit(db, batch);
    clearTimeout(late);
    underWay -= 1;
    // First: the database is at work again while the answers are written.
    next();
    tell();
  };
  return (arrival) =>
    new Promise((resolve, reject) => {
      const entry: Waiting = {
        arrival,
        done: () => {
          clearTimeout(timer);
          resolve();
        },
        failed: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        waiting = waiting.filter((other) => other !== entry);
        reject(new Error("the database did not commit the webhook in time"));
      }, patience);
      waiting.push(entry);
      void pump();
    });
}

/** As many as fit into a batch, at least one. */
function firstOf(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  const tooMuch = waiting.findIndex(({ arrival }, at) => {
    bytes += arrival.body.length;
    return at >= MOST_AT_ONCE || (at > 0 && bytes > MOST_BYTES);
  });
  return tooMuch < 0 ? waiting : waiting.slice(0, tooMuch);
}

/** Never throws. What is the matter with one is no reason to refuse those that share its commit. @returns what tells each of them. */
async function commit(db: Database, batch: Waiting[]): Promise<() => void> {
  try {
    const renamed = await db.query(INSERT, columns(batch.map(({ arrival }) => arrival)));
    for (const { place, shop } of renamed) Object.assign(batch[place - 1]?.arrival ?? {}, { shop });
    return () => {
      for (const { done } of batch) done();
    };
  } catch (error) {
    const apart = batch.length > 1 && isAboutTheContent(error);
    if (apart) for (const one of batch) (await commit(db, [one]))();
    return () => {
      if (!apart) for (const { failed } of batch) failed(error);
    };
  }
}

function columns(arrivals: Arrival[]): ValuesOf<typeof INSERT> {
  const column = <Key extends Exclude<keyof Arrival, "origin" | "named">>(key: Key) =>
    arrivals.map((arrival) => arrival[key]);
  const lengths = arrivals.map(({ body }) => body.length);
  let end = 1; // SQL counts from one
  const starts = lengths.map((length) => {
    end += length;
    return end - length;
  });
  return [
    column("shop"),
    arrivals.map(({ named }) => named === true),
    column("topic"),
    column("webhookId"),
    column("eventId"),
    column("apiVersion"),
    column("triggeredAt"),
    arrivals.map(({ origin }) => origin ?? "shopify"),
    starts,
    lengths,
    Buffer.concat(column("body")),
  ];
}
