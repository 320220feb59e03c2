// Erases the bodies that speak of a person, also of webhooks that told nothing new, that nobody reads, or that nobody could read.

import { setImmediate as turn } from "node:timers/promises";
import { stringify } from "lossless-json";
import type { Sql } from "../../base/database.ts";
import { mapTexts, type Reason } from "../../base/reason.ts";
import { statement, type ValuesOf } from "../../base/statement.ts";
import { type Fields, isFields, type Json, parseBody, Unreadable } from "../../events/json.ts";
import { sqlReason, sqlSetReason } from "../reasons.ts";
import type { Erasing } from "./erasing.ts";
import { mentionsOf } from "./mentions.ts";
import type { Person } from "./person.ts";

const AT_ONCE = 200;
const MOST_BYTES = 8 * 1024 * 1024;

interface Row {
  id: string;
  topic: string;
  receivedAt: Date;
  state: string;
  reason: Reason | null;
  /** null: it is gone, or not to be looked at. */
  body: Buffer | null;
}

// In the order of the index of what makes a webhook the same: it needs no other.
const PAGE = statement<
  Row & { webhookId: string },
  [shop: string, topic: string, after: string, atOnce: number, mostBytes: number, heardUpTo: string]
>("page-of-bodies")`
  WITH page AS (
    SELECT id, webhook_id, octet_length(body) AS bytes
    FROM webhook
    WHERE shop = $1 AND topic = $2 AND webhook_id > $3
    ORDER BY webhook_id
    LIMIT $4),
  fitting AS (
    SELECT id, webhook_id
    FROM (SELECT *, sum(bytes) OVER (ORDER BY webhook_id) AS up_to FROM page) AS p
    WHERE up_to IS NULL OR up_to <= $5
      OR webhook_id = (SELECT webhook_id FROM page WHERE bytes IS NOT NULL ORDER BY webhook_id LIMIT 1))
  SELECT fitting.webhook_id AS "webhookId", w.id, w.topic, w.received_at AS "receivedAt",
    w.state, ${sqlReason("w")} AS reason,
    CASE WHEN w.state <> 'received' AND w.id <= $6 THEN w.body END AS body
  FROM fitting
  JOIN webhook w ON w.id = fitting.id
  ORDER BY fitting.webhook_id`;
const TOPICS = statement<{ topic: string }, [shop: string]>("topics-of-shop")`
  SELECT DISTINCT topic
  FROM webhook
  WHERE shop = $1`;
const ERASE = statement<never, [erased: string]>("erase-bodies")`
  UPDATE webhook w
  SET body = convert_to(n.body, 'UTF8'), ${sqlSetReason("n.reason")}
  FROM jsonb_to_recordset($1::jsonb) AS n (id bigint, body text, reason jsonb)
  WHERE w.id = n.id`;

export async function eraseBodies({ road, shop, person, heardUpTo, cut }: Erasing): Promise<void> {
  for await (const page of bodiesAbout(road.db, shop, person, heardUpTo)) {
    const erased = page.map((row) => without(row, cut));
    if (erased.length > 0) await road.db.query(ERASE, [JSON.stringify(erased)]);
  }
}

/** Page by page, the webhooks that speak of the person. @param heardUpTo the number of the last to look at. */
export async function* bodiesAbout(sql: Sql, shop: string, person: Person, heardUpTo: string): AsyncGenerator<Row[]> {
  const mentions = mentionsOf(person);
  const topics = await sql.query(TOPICS, [shop]);
  for (const { topic } of topics) {
    for (let after: string | undefined = ""; after !== undefined; ) {
      const values: ValuesOf<typeof PAGE> = [shop, topic, after, AT_ONCE, MOST_BYTES, heardUpTo];
      const page = await sql.query(PAGE, values);
      after = page.at(-1)?.webhookId;
      yield page.filter(({ body }) => body && mentions(body));
      await turn();
    }
  }
}

/** What still waits to be worked off keeps what it needs for that: the ids of its shop, its customer and their orders. */
const without = ({ id, state, reason, body }: Row, cut: (words: string) => string) => ({
  id,
  body: state === "waiting" && body ? request(body) : null,
  reason: reason && mapTexts(reason, cut),
});

const WAITS_WITH = ["shop_id", "shop_domain", "orders_requested", "orders_to_redact"];

function request(body: Buffer): string {
  try {
    const from = parseBody(body);
    const ids = (one: Json | undefined): Fields => (isFields(one) && one.id !== undefined ? { id: one.id } : {});
    const own = Object.fromEntries(
      WAITS_WITH.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
    );
    return stringify({ ...own, customer: ids(from.customer), data_request: ids(from.data_request) }) ?? "{}";
  } catch (error) {
    if (error instanceof Unreadable) return "{}";
    throw error;
  }
}
