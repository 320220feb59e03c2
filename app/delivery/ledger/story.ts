// One delivery's proof: how it came in, and each request that carried it.

import { type Reason, reasonIn } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { sqlReason } from "../reasons.ts";
import type { Origin } from "../receive.ts";
import type { Road } from "../road.ts";
import { UNKEPT } from "../said.ts";
import type { DeliveryState } from "../states.ts";
import { type Asked, askedFor, CAN_REPLAY, OPEN, WINDOWS } from "./group.ts";

export interface Story {
  id: string;
  destination: string;
  connectionId: string;
  connectionName: string;
  connectionState: string;
  kind: string;
  subject: string;
  /** The order's name; null: it is about something else, or its data is gone. */
  name: string | null;
  eventId: string | null;
  state: DeliveryState;
  reason: Reason | null;
  alreadyHad: boolean;
  occurredAt: Date;
  createdAt: Date;
  dueAt: Date;
  deadlineAt: Date;
  settledAt: Date | null;
  /** null: nobody dismissed it. */
  dismissed: { at: string; by: string | null } | null;
  /** Could it be sent again now? */
  replayable: boolean;
  /** How many requests were made for it; those that are too old to be kept are not among the attempts. */
  requests: number;
  webhook: { topic: string; webhookId: string; receivedAt: string; origin: Origin } | null;
  attempts: {
    id: string;
    channel: string;
    startedAt: string;
    finishedAt: string | null;
    status: number | null;
    outcome: string | null;
    answer: string | null;
    /** Why there is no answer; null: there is one, or nothing is known. */
    none: Reason | null;
    deliveries: number;
    /** A person wanted it to be sent again. "twice": the vendor may have had it before, and cannot tell. */
    again: "insisted" | "twice" | null;
  }[];
}

const STORY = statement<Story, [...Asked, id: string]>("delivery-story")`
  SELECT d.id, d.destination, d.connection_id AS "connectionId", c.name AS "connectionName",
    c.state AS "connectionState", d.kind, d.subject, nullif(e.data #>> '{order,name}', '') AS name,
    e.id AS "eventId", d.state,
    ${sqlReason("d")} AS reason, d.already_had AS "alreadyHad", d.occurred_at AS "occurredAt",
    d.created_at AS "createdAt", d.due_at AS "dueAt", d.deadline_at AS "deadlineAt", d.settled_at AS "settledAt",
    d.attempts AS requests, coalesce(${OPEN} AND ${CAN_REPLAY}, false) AS replayable,
    CASE
      WHEN d.dismissed_at IS NOT NULL THEN jsonb_build_object('at', d.dismissed_at, 'by', d.dismissed_by)
    END AS dismissed,
    CASE
      WHEN h.id IS NOT NULL
      THEN jsonb_build_object('topic', h.topic, 'webhookId', h.webhook_id, 'receivedAt', h.received_at,
        'origin', h.origin)
    END AS webhook,
    coalesce((
      SELECT jsonb_agg(
        jsonb_build_object('id', a.id::text, 'channel', a.channel, 'startedAt', a.started_at,
          'finishedAt', a.finished_at, 'status', a.status, 'outcome', a.outcome, 'answer', a.answer,
          'deliveries', cardinality(a.deliveries),
          'again', CASE WHEN d.id = ANY (a.twice) THEN 'twice' WHEN d.id = ANY (a.insisted) THEN 'insisted' END)
        ORDER BY a.id)
      FROM attempt a
      WHERE a.deliveries @> ARRAY[d.id]), '[]') AS attempts
  FROM delivery d
  JOIN connection c ON c.id = d.connection_id
  LEFT JOIN ${WINDOWS} ON w.slug = d.destination
  LEFT JOIN event e ON e.id = d.event_id
  LEFT JOIN webhook h ON h.id = e.webhook_id
  WHERE d.shop = $1 AND d.id = $5`;

/** The proof: how it came in, and each request that carried it with the vendor's own answer. */
export async function deliveryStory(road: Road, shop: string, id: string): Promise<Story | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [row] = await road.db.query(STORY, [...(await askedFor(road, shop)), id]);
  return row ? { ...row, attempts: row.attempts.map(withReason) } : null;
}

/** Where nothing was answered, or nothing that can be kept, the reason is in the answer's place. */
function withReason(attempt: Story["attempts"][number]): Story["attempts"][number] {
  const { status, answer } = attempt;
  const isNone = answer !== null && (status === null || answer === keptJson(UNKEPT));
  return isNone ? { ...attempt, answer: null, none: reasonIn(answer) } : { ...attempt, none: null };
}
