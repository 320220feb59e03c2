// One event: the webhook that told of it, what was read of it, its deliveries and the requests that carried them.
import { statement } from "../../base/statement.ts";
import { cut } from "../../base/text.ts";
import type { EventKind } from "../../events/event.ts";
import { sqlName } from "../about.ts";
import { inLines } from "../proof/mask.ts";
import type { Origin } from "../receive.ts";
import type { Road } from "../road.ts";
import { byIndex } from "./by-index.ts";
import { type LineDelivery, sqlDelivery } from "./lines.ts";
import { sqlOf } from "./walks.ts";

/** A text that may be too long to be shown whole. */
export interface Shown {
  text: string;
  isCut: boolean;
}
interface Attempted {
  id: string;
  startedAt: string;
  finishedAt: string | null;
  status: number | null;
  outcome: string | null;
}
export interface EventStory {
  id: string;
  key: string;
  kind: EventKind;
  subject: string;
  name: string | null;
  occurredAt: Date;
  createdAt: Date;
  /** Only a backfill has told it. */
  backfilled: boolean;
  /** null: its time is over, or its person was erased. */
  data: Shown | null;
  deliveries: (LineDelivery & { attempts: Attempted[] })[];
  /** null: none told it, or it is not kept any more. */
  webhook: Told | null;
}
interface Told {
  topic: string;
  origin: Origin;
  receivedAt: string;
  /** Shopify's, by their names. */
  headers: { [name: string]: string | null };
  /** null: its time is over, or its person was erased. */
  body: Shown | null;
}

const MOST_SHOWN = 40_000;

type Stored = Omit<EventStory, "data" | "webhook"> & {
  data: object | null;
  webhook: Omit<Told, "body"> | null;
  body: Buffer | null;
};
const EVENT = statement<Stored, [shop: string, id: string]>("event-story")`
  SELECT e.id, e.key, e.kind, e.subject, ${sqlName} AS name, e.occurred_at AS "occurredAt",
    e.created_at AS "createdAt", e.backfilled, e.data,
    coalesce((
      SELECT jsonb_agg(${sqlDelivery} || jsonb_build_object('attempts', coalesce((
          SELECT jsonb_agg(
            jsonb_build_object('id', a.id::text, 'startedAt', a.started_at, 'finishedAt', a.finished_at,
              'status', a.status, 'outcome', a.outcome)
            ORDER BY a.id)
          FROM attempt a
          WHERE a.deliveries @> ARRAY[d.id]), '[]'))
        ORDER BY c.created_at, d.id)
      FROM ${sqlOf("e")} AS d
      JOIN connection c ON c.id = d.connection_id), '[]') AS deliveries,
    CASE
      WHEN w.id IS NOT NULL
      THEN jsonb_build_object('topic', w.topic, 'origin', w.origin, 'receivedAt', w.received_at,
        'headers', jsonb_build_object(
          'X-Shopify-Topic', w.topic, 'X-Shopify-Shop-Domain', w.shop, 'X-Shopify-Webhook-Id', w.webhook_id,
          'X-Shopify-Event-Id', w.event_id, 'X-Shopify-API-Version', w.api_version,
          'X-Shopify-Triggered-At', w.triggered_at))
    END AS webhook,
    w.body
  FROM event e
  LEFT JOIN webhook w ON w.id = e.webhook_id AND w.shop = e.shop
  WHERE e.shop = $1 AND e.id = $2`;

/** @param open personal data is shown. @returns null where the shop has no such event. */
export async function eventStory(road: Road, shop: string, id: string, open: boolean): Promise<EventStory | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [row] = await byIndex(road.db, (sql) => sql.query(EVENT, [shop, id]));
  if (!row) return null;
  const { body, webhook, data, ...event } = row;
  return {
    ...event,
    data: data === null ? null : shown(JSON.stringify(data), open),
    webhook: webhook && { ...webhook, body: body && shown(body.toString("utf8"), open) },
  };
}

function shown(text: string, open: boolean): Shown {
  const whole = inLines(text, open);
  return { text: cut(whole, MOST_SHOWN), isCut: whole.length > MOST_SHOWN };
}
