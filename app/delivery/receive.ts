// Commits webhooks: one INSERT, shared by those that wait while another commit is under way; a lone one is not delayed.
import type { Database } from "../db.server.ts";

/** A webhook whose sender is proved, as it came. */
export interface Arrival {
  shop: string;
  topic: string;
  webhookId: string;
  eventId: string | null;
  apiVersion: string | null;
  triggeredAt: string | null;
  body: Buffer;
}

const MOST_AT_ONCE = 100;
const COMMITS_AT_ONCE = 2;
/** Shopify gives up after 5 s; ours must be said before. */
const PATIENCE = 3_500;

// The same webhook, redelivered, is already there: that is a success.
const INSERT = `
  INSERT INTO webhook (shop, topic, webhook_id, event_id, api_version, triggered_at, body)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bytea[])
  ON CONFLICT (shop, topic, webhook_id) DO NOTHING`;

interface Waiting {
  arrival: Arrival;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * @returns a function that resolves once the webhook is committed.
 * @throws when it was not committed within 3.5 s: Shopify shall send it again.
 */
export function openReceiver(db: Database): (arrival: Arrival) => Promise<void> {
  let waiting: Waiting[] = [];
  let underWay = 0;
  const pump = async () => {
    if (underWay >= COMMITS_AT_ONCE || waiting.length === 0) return;
    const batch = waiting.slice(0, MOST_AT_ONCE);
    waiting = waiting.slice(MOST_AT_ONCE);
    underWay += 1;
    try {
      await db.query(INSERT, columns(batch.map(({ arrival }) => arrival)));
      for (const { done } of batch) done();
    } catch (error) {
      for (const { failed } of batch) failed(error);
    } finally {
      underWay -= 1;
      void pump();
    }
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
      }, PATIENCE);
      waiting.push(entry);
      void pump();
    });
}

function columns(arrivals: Arrival[]): unknown[] {
  const column = <Key extends keyof Arrival>(key: Key) => arrivals.map((arrival) => arrival[key]);
  return [
    column("shop"),
    column("topic"),
    column("webhookId"),
    column("eventId"),
    column("apiVersion"),
    column("triggeredAt"),
    column("body"),
  ];
}
