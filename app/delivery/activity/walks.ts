// The ways through a shop's activity, each along an index: by when it happened, by when it ended, by when its time is over.
import { statement } from "../../base/statement.ts";
import { sqlList } from "../states.ts";
import { KINDS } from "./wanted.ts";

/** A line that was found: an event, or a delivery. */
export interface Found {
  id: string;
  at: Date;
}

/** What is left out is walked past; after so many a page ends, full or not. */
export const MOST_WALKED = 2_000;

/** What ends otherwise than delivered: by the index delivery_ended. */
export const ENDED = ["skipped", "superseded", "expired", "refused", "unknown"];

/** $1 the shop, $2 the kinds, $3 the first moment, $4 and $5 the place behind which it goes on. One branch a kind: together they are read in order. */
const HAPPENED = `
    SELECT id, occurred_at
    FROM (${KINDS.map(
      (kind) => `(
      SELECT id, occurred_at
      FROM event
      WHERE shop = $1 AND kind = '${kind}' AND '${kind}' = ANY ($2::text[]) AND occurred_at >= $3 AND occurred_at <= $4
      ORDER BY occurred_at DESC)`,
    ).join("\n      UNION ALL ")}) AS happened
    WHERE occurred_at < $4 OR id < $5
    ORDER BY occurred_at DESC, id DESC`;

type Where = [shop: string, kinds: string[], from: Date, at: Date, id: string];
type Of = [...Where, ofDeliveries: boolean, connectionId: string | null, state: string | null, code: string | null];

/** SQL: delivery `d` is wanted, by three parameters from `first` on. */
export const sqlIsWanted = (first: number) =>
  `($${first}::uuid IS NULL OR d.connection_id = $${first}) AND ($${first + 1}::text IS NULL OR d.state = $${first + 1})
        AND ($${first + 2}::text IS NULL OR d.reason_code = $${first + 2})`;

/** SQL: the deliveries of an event, by that index and no other: what else is asked of them leads to far more. */
export const sqlOf = (event: string) => `(SELECT * FROM delivery WHERE event_id = ${event}.id OFFSET 0)`;

/** SQL: the event has such a delivery. An EXISTS might be answered by reading all deliveries at once. */
export const sqlHasWanted = (event: string, first: number) => `(
      SELECT true
      FROM ${sqlOf(event)} AS d
      WHERE ${sqlIsWanted(first)}
      LIMIT 1) IS NOT NULL`;

export const EVENTS = statement<Found, [...Of, most: number]>("activity-by-event")`
  SELECT walked.id, walked.occurred_at AS at
  FROM (${HAPPENED}
    LIMIT ${MOST_WALKED}) AS walked
  WHERE NOT $6 OR ${sqlHasWanted("walked", 7)}
  ORDER BY walked.occurred_at DESC, walked.id DESC
  LIMIT $10`;
export const LAST_EVENT = statement<Found, Where>("last-event-walked")`
  SELECT walked.id, walked.occurred_at AS at
  FROM (${HAPPENED}
    OFFSET ${MOST_WALKED - 1}
    LIMIT 1) AS walked`;

const OVER = `
    SELECT id, settled_at, connection_id, kind, reason_code
    FROM delivery
    WHERE shop = $1 AND state = $2 AND state IN ${sqlList(ENDED)} AND settled_at >= $3 AND settled_at <= $4
      AND (settled_at < $4 OR id < $5)
    ORDER BY settled_at DESC, id DESC`;
type WhereOver = [shop: string, state: string, from: Date, at: Date, id: string];
/** What ended long ago may not say when; such are in no walk. */
type Over = Pick<Found, "id"> & { at: Date | null };
export const OVERS = statement<
  Over,
  [...WhereOver, connectionId: string | null, kind: string | null, code: string | null, most: number]
>("activity-by-end")`
  SELECT d.id, d.settled_at AS at
  FROM (${OVER}
    LIMIT ${MOST_WALKED}) AS d
  WHERE ($6::uuid IS NULL OR d.connection_id = $6) AND ($7::text IS NULL OR d.kind = $7)
    AND ($8::text IS NULL OR d.reason_code = $8)
  ORDER BY d.settled_at DESC, d.id DESC
  LIMIT $9`;
export const LAST_OVER = statement<Over, WhereOver>("last-end-walked")`
  SELECT walked.id, walked.settled_at AS at
  FROM (${OVER}
    OFFSET ${MOST_WALKED - 1}
    LIMIT 1) AS walked`;

/** What is owed: first what is lost first. */
export const OWED = statement<Found, [shop: string, connectionId: string | null, at: Date, id: string, most: number]>(
  "activity-owed",
)`
  SELECT d.id, d.at
  FROM connection c
  CROSS JOIN LATERAL (
    SELECT id, deadline_at AS at
    FROM delivery
    WHERE connection_id = c.id AND state = 'due' AND deadline_at >= $3 AND (deadline_at > $3 OR id > $4)
    ORDER BY deadline_at, id
    LIMIT $5
  ) AS d
  WHERE c.shop = $1 AND ($2::uuid IS NULL OR c.id = $2)
  ORDER BY d.at, d.id
  LIMIT $5`;
