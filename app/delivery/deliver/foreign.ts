// Answers that are not the vendor's own: each costs one message, and the same to several in a row pauses, with nothing of them lost.
import type { Database, Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { sqlKeys } from "../../events/keys.ts";
import { because, sqlSetReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { holdLease, type Lease } from "./lane.ts";
import type { Verdict } from "./verdict.ts";

/** So many that have nothing to do with each other: what they have in common is no longer one shopper's text. */
const MANY = 5;
/** No streak is followed back further than this. */
const LOOKED_AT = 500;

/**
 * After a message that was refused alone by an answer that is not the vendor's own.
 * @returns the pause, once several were refused so with nothing else in between: all of them wait in it. null: it may be about the one.
 */
export async function pauseForMany(
  { db, clock }: Pick<Road, "db" | "clock">,
  lease: Lease,
  channel: string,
  status: number,
  reason: Reason,
): Promise<Verdict | null> {
  const refused = await refusedSo(db, lease, channel, status);
  // One that got it twice was sent again by a person: it has been counted before, and may be the reason itself.
  const fresh = [...refused].filter(([, times]) => times === 1).map(([id]) => id);
  if (fresh.length < MANY || (await storiesOf(db, fresh)) < MANY) return null;
  const scope = status === 401 ? "connection" : "channel";
  const why = because("same_to_many", { reason, count: `${refused.size}` });
  await db.transaction(async (sql) => {
    await holdLease(sql, lease);
    await oweAgain(sql, [...refused.keys()], scope === "channel" ? channel : null, why, clock());
  });
  return { is: "pause", scope, reason: why };
}

const LAST_ATTEMPTS = statement<
  { status: number | null; split: boolean; messages: number; deliveries: string[] },
  [connectionId: string, channel: string, most: number]
>("last-attempts-on-channel")`
  SELECT status, split, messages, deliveries::text[] AS deliveries
  FROM attempt
  WHERE connection_id = $1 AND channel = $2 AND finished_at IS NOT NULL
  ORDER BY started_at DESC, id DESC
  LIMIT $3`;

/** Since the last answer of another kind: the deliveries that were refused alone, with how often. */
async function refusedSo(db: Database, lease: Lease, channel: string, status: number): Promise<Map<string, number>> {
  const attempts = await db.query(LAST_ATTEMPTS, [lease.connectionId, channel, LOOKED_AT]);
  const refused = new Map<string, number>();
  for (const attempt of attempts) {
    if (attempt.status === null) continue;
    if (attempt.status !== status || !attempt.split) break;
    // A batch that was halved says nothing of its single messages yet.
    if (attempt.messages === 1) for (const id of attempt.deliveries) refused.set(id, (refused.get(id) ?? 0) + 1);
  }
  return refused;
}

/** SQL: what an event tells by one of these names. */
const told = (...paths: string[]) => `coalesce(${paths.map((path) => `e.data #>> '{${path}}'`).join(", ")})`;
const STORIES = statement<{ subject: string; named: string[] }, [ids: string[]]>("subjects-with-what-they-name")`
  SELECT d.subject,
    array_remove(ARRAY[
      ${sqlKeys.subject("customer", told("order,customer,id", "checkout,customerId"))},
      ${sqlKeys.subject("checkout", told("order,checkoutToken"))},
      ${sqlKeys.subject("cart", told("order,cartToken", "checkout,cartToken"))},
      ${sqlKeys.subject("visitor", told("order,visitorId", "checkout,visitorId", "cart,visitorId"))}
    ], NULL) AS named
  FROM delivery d
  LEFT JOIN event e ON e.id = d.event_id
  WHERE d.id = ANY ($1::bigint[])`;

/** How many of them have nothing to do with each other: all of one order, one cart or one customer is one, and so are an order and its own. */
async function storiesOf(db: Database, ids: string[]): Promise<number> {
  const rows = await db.query(STORIES, [ids]);
  const storyOf = new Map(rows.map(({ subject }) => [subject, subject]));
  for (const { subject, named } of rows) {
    for (const other of named) {
      const [from, to] = [storyOf.get(other), storyOf.get(subject)];
      if (from === undefined || to === undefined || from === to) continue;
      for (const [one, story] of storyOf) if (story === from) storyOf.set(one, to);
    }
  }
  return new Set(storyOf.values()).size;
}

const OWE_AGAIN = statement<never, [ids: string[], heldBy: string | null, reason: string, now: Date]>(
  "owe-refused-again",
)`
  UPDATE delivery
  SET state = 'due', settled_at = NULL, ${sqlSetReason("$3::jsonb")}, held_by = $2,
    due_at = CASE WHEN $2::text IS NOT NULL THEN deadline_at ELSE $4::timestamptz END
  WHERE id = ANY ($1::bigint[]) AND state = 'refused'`;

async function oweAgain(sql: Sql, ids: string[], heldBy: string | null, reason: Reason, now: Date): Promise<void> {
  await sql.query(OWE_AGAIN, [ids, heldBy, keptJson(reason), now]);
}
