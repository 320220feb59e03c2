// Which states of a thing nobody needs any more: what came after them guards, for ever, against their being told again.

import { statement } from "../../base/statement.ts";

/**
 * SQL: how old a version says that it is. Its last part, our own number, is left out: a webhook that comes again gets a new one.
 * A customer's version is that number alone; whether one that comes again is news, the times in the customer's snapshot say, which stay.
 */
const dated = (version: string) =>
  `CASE WHEN ${version} LIKE '%|%' THEN rtrim(${version}, '0123456789') ELSE ${version} END`;

/** SQL: event `e` is a state that may be forgotten once a newer one of the same thing is known. A customer's end is known again by its key alone. */
const forgettable = `e.version IS NOT NULL AND e.kind NOT IN ('customer.deleted', 'customer.merged')`;

/** SQL: were what delivery `d` owes told again, it would be superseded from birth. */
const guarded = `EXISTS (
      SELECT 1
      FROM high_water h
      WHERE h.connection_id = d.connection_id AND h.subject = d.subject
        AND ${dated("h.version")} > ${dated("d.version")})`;

/**
 * Of the things that the events of `ready` are about: all states but the newest, as far as they are old enough, with what was owed for them.
 * What is owed still, or needs a person, stays with its event.
 */
export const DROP_OLD_STATES = `
  thing AS (
    SELECT DISTINCT r.shop, r.subject
    FROM event r
    JOIN ready ON ready.id = r.id),
  known AS (
    SELECT e.id, e.kind, ${dated("e.version")} AS dated,
      max(${dated("e.version")}) OVER (PARTITION BY e.shop, e.subject) AS newest
    FROM thing
    JOIN event e ON e.shop = thing.shop AND e.subject = thing.subject
    WHERE ${forgettable}),
  old AS MATERIALIZED (SELECT id FROM known WHERE dated < newest AND id <= (SELECT max(id) FROM ready)),
  dropped AS (
    DELETE FROM delivery d
    USING old
    WHERE d.event_id = old.id AND d.state IN ('delivered', 'superseded', 'skipped') AND ${guarded}
    RETURNING d.id),
  forgotten AS (
    DELETE FROM event e
    USING old
    WHERE e.id = old.id
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = e.id AND d.id NOT IN (SELECT id FROM dropped)))`;

/** Superseded deliveries that were settled before $1, at most $2, each with its event where that was owed to nobody else. */
export const DROP_SUPERSEDED = statement<{ id: string }, [before: Date, most: number]>("drop-superseded-states")`
  WITH dropped AS (
    DELETE FROM delivery d
    WHERE d.id IN (
      SELECT id
      FROM delivery
      WHERE state = 'superseded' AND version IS NOT NULL AND settled_at < $1
      ORDER BY settled_at
      LIMIT $2)
    RETURNING d.id, d.event_id, ${guarded} AS guarded),
  forgotten AS (
    DELETE FROM event e
    USING dropped
    WHERE e.id = dropped.event_id AND ${forgettable}
      AND NOT EXISTS (SELECT 1 FROM dropped other WHERE other.event_id = e.id AND NOT other.guarded)
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = e.id AND d.id NOT IN (SELECT id FROM dropped))
      AND EXISTS (
        SELECT 1
        FROM event n
        WHERE n.shop = e.shop AND n.subject = e.subject AND n.version IS NOT NULL
          AND ${dated("n.version")} > ${dated("e.version")}))
  SELECT id
  FROM dropped`;
