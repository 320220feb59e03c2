// Puts what is on the shelf on the road, in small steps: live traffic goes first, so only so much of it waits at a time.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Road } from "../../delivery/road.ts";
import type { Ask } from "../asking.ts";
import type { Outcome } from "../outcome.ts";
import { type Backfill, save } from "./backfill.ts";
import { takeDown } from "./shelf.ts";
import { tell } from "./tell.ts";

/** Customers, products or orders that are put on the road together: a live webhook waits for no more. */
const AT_ONCE = 100;
/** Deliveries of a backfill that may wait in its lane. */
export const MOST_WAITING = 500;

const WAITING = statement<{ webhooks: number; deliveries: number }, [id: string, most: number]>(
  "what-waits-of-backfill",
)`
  SELECT
    (SELECT count(*) FROM (
      SELECT 1 FROM webhook WHERE backfill_id = $1 AND state = 'received' LIMIT 1) AS w)::int AS webhooks,
    (SELECT count(*) FROM (
      SELECT 1 FROM delivery WHERE backfill_id = $1 AND state = 'due' LIMIT $2) AS d)::int AS deliveries`;

/** What is not worked off yet: webhooks, and deliveries up to the most. */
export async function waiting(sql: Sql, id: string): Promise<{ webhooks: number; deliveries: number }> {
  const [row] = await sql.query(WAITING, [id, MOST_WAITING]);
  return row ?? { webhooks: 0, deliveries: 0 };
}

const INSERT = statement<
  { id: string },
  [
    shop: string,
    backfillId: string,
    topics: string[],
    webhookIds: string[],
    triggeredAt: (string | null)[],
    bodies: string[],
  ]
>("put-backfill-on-road")`
  INSERT INTO webhook (shop, topic, webhook_id, triggered_at, body, origin, backfill_id)
  SELECT $1, topic, webhook_id, triggered_at, convert_to(body, 'UTF8'), 'backfill', $2
  FROM unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[]) AS w (topic, webhook_id, triggered_at, body)
  ON CONFLICT (shop, topic, webhook_id) DO NOTHING
  RETURNING id`;

export type Put =
  /** Something is on the road now. */
  | { is: "put" }
  /** There is nothing left on the shelf. */
  | { is: "all" }
  /** Shopify did not tell what is needed for the next. */
  | { is: "untold"; outcome: Outcome<unknown> };

/** @throws Taken */
export async function putNext(road: Road, backfill: Backfill, ask: Ask): Promise<Put> {
  const [piece] = backfill.pieces;
  const shelved = await takeDown(road.db, backfill.id, backfill.sentTo, AT_ONCE);
  if (!piece || shelved.length === 0) return { is: "all" };
  const { told, leftOut, outcome, upTo } = await tell(piece, shelved, { ask, tries: backfill.tries });
  if (upTo !== null) {
    await road.db.transaction(async (sql) => {
      const inserted = await sql.query(INSERT, [
        ...[backfill.shop, backfill.id],
        told.map(({ topic }) => topic),
        // The same for the same thing, however often it is put there.
        told.map(({ id }) => `backfill:${backfill.id}:${id}`),
        told.map(({ at }) => at),
        told.map(({ body }) => body),
      ] as never);
      await save(sql, backfill, { sentTo: upTo, sent: inserted.length, leftOut, tries: 0 });
    });
    await road.bell.shop(backfill.shop);
  }
  return outcome ? { is: "untold", outcome } : { is: "put" };
}
