// The received webhooks of a shop: taken in their order by one process at a time, and marked with what became of them.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { PIXEL_POST } from "../../events/read.ts";
import { sqlSetReason } from "../reasons.ts";

const MOST_BYTES = 8 * 1024 * 1024;

export interface Taken {
  id: string;
  topic: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  body: Buffer;
  arrival: string;
  /** The backfill that tells it; null: Shopify does. */
  backfillId: string | null;
  /** How many there were to take, up to the most. */
  there: number;
}
export interface Done {
  id: string;
  state: "normalized" | "ignored" | "waiting" | "unreadable";
  reason: Reason | null;
}

// The commit need not be awaited on the disk: what leaves the house was written down before, by a commit that is, and that takes
// along all that was committed before it. What a crash of the database undoes is worked off once more.
const LOCK = statement<{ got: boolean; later: string }, [shop: string]>("lock-shop-to-normalize")`
  SELECT set_config('switchyard.turn', got::text, true) = 'true' AS got,
    set_config('synchronous_commit', 'off', true) AS later
  FROM (SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1)) AS got OFFSET 0) AS lock`;

/** Until the transaction ends. @returns false while another process has it. */
export async function lockShop(sql: Sql, shop: string): Promise<boolean> {
  const [lock] = await sql.query(LOCK, [shop]);
  return lock?.got === true;
}

// It leaves together with the lock, and reads nothing where another process has that.
// Shopify's own are taken first: what strangers post to the shop's pixel holds up no order. What was taken is worked off in the
// order in which it came, so that a post tells an order beside it who its visitor is.
const TAKE = statement<Taken, [shop: string, most: number, bytes: number]>("take-webhooks")`
  SELECT id, topic, triggered_at AS "triggeredAt", received_at AS "receivedAt", coalesce(body, '') AS body, there,
    backfill_id AS "backfillId", nextval('arrival_seq') AS arrival
  FROM (
    SELECT *, (count(*) OVER ())::int AS there,
      row_number() OVER first AS place, sum(octet_length(body)) OVER first AS bytes
    FROM (
      SELECT id, topic, triggered_at, received_at, body, backfill_id, topic = '${PIXEL_POST}' AS post
      FROM webhook
      WHERE shop = $1 AND state = 'received' AND current_setting('switchyard.turn', true) = 'true'
      ORDER BY topic = '${PIXEL_POST}', id
      LIMIT $2
    ) AS open
    WINDOW first AS (ORDER BY post, id)
  ) AS counted
  WHERE place = 1 OR bytes <= $3
  ORDER BY id`;

export const takeWebhooks = (sql: Sql, shop: string, most: number) => sql.query(TAKE, [shop, most, MOST_BYTES]);

// By their numbers, so that no plan reads all webhooks for them.
const END = statement<never, [done: string, now: Date, ids: string[]]>("end-webhooks")`
  UPDATE webhook w
  SET state = d.state, ${sqlSetReason("d.reason")}, normalized_at = $2
  FROM jsonb_to_recordset($1::jsonb) AS d (id bigint, state text, reason jsonb)
  WHERE w.id = ANY ($3::bigint[]) AND w.id = d.id`;

export async function endWebhooks(sql: Sql, done: Done[], now: Date): Promise<void> {
  await sql.query(END, [JSON.stringify(done), now, done.map(({ id }) => id)]);
}

const MARK = statement<never, [id: string, reason: string, now: Date]>("mark-webhook-unreadable")`
  UPDATE webhook
  SET state = 'unreadable', ${sqlSetReason("$2::jsonb")}, normalized_at = $3
  WHERE id = $1 AND state = 'received'`;

export async function markUnreadable(sql: Sql, id: string, reason: Reason, now: Date): Promise<void> {
  await sql.query(MARK, [id, keptJson(reason), now]);
}
