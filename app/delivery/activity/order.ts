// One order: what it is, all that happened to it, and what became of each at every connection, ended ones too.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { subjectOf } from "../../events/keys.ts";
import type { Road } from "../road.ts";
import { byIndex } from "./by-index.ts";
import { type Line, linesOfEvents } from "./lines.ts";

export interface OrderStory {
  id: string;
  /** null: its data is gone. */
  name: string | null;
  placedAt: Date | null;
  worth: { amount: string; currency: string } | null;
  test: boolean;
  customerId: string | null;
  /** How many lines it has, and the first of them; titles are those of products. */
  lines: { count: number; first: { title: string; quantity: number }[] } | null;
  /** The oldest first. */
  events: Line[];
  /** There are more events, older ones. */
  more: boolean;
}

const MOST = 200;
const MOST_LINES = 20;

const EVENTS = statement<{ id: string }, [shop: string, subject: string, most: number]>("events-of-order")`
  SELECT id
  FROM event
  WHERE shop = $1 AND subject = $2
  ORDER BY occurred_at DESC, id DESC
  LIMIT $3`;
// The newest state knows most; what a purchase was worth when it was placed is its deliveries' matter.
const FACTS = statement<Omit<OrderStory, "id" | "events" | "more">, [shop: string, subject: string, lines: number]>(
  "facts-of-order",
)`
  SELECT nullif(o."order" ->> 'name', '') AS name,
    (SELECT occurred_at FROM event WHERE shop = $1 AND subject = $2 AND kind = 'order.placed' LIMIT 1) AS "placedAt",
    coalesce((o."order" ->> 'test')::boolean, false) AS test,
    o."order" #>> '{customer,id}' AS "customerId",
    CASE
      WHEN o."order" #>> '{amounts,total}' IS NOT NULL
      THEN jsonb_build_object('amount', o."order" #>> '{amounts,total}', 'currency', o."order" #>> '{amounts,currency}')
    END AS worth,
    CASE
      WHEN jsonb_typeof(o."order" -> 'items') = 'array'
      THEN jsonb_build_object('count', jsonb_array_length(o."order" -> 'items'), 'first', coalesce((
        SELECT jsonb_agg(
          jsonb_build_object('title', i.item ->> 'title', 'quantity', i.item -> 'quantity')
          ORDER BY i.place)
        FROM jsonb_array_elements(o."order" -> 'items') WITH ORDINALITY AS i (item, place)
        WHERE i.place <= $3), '[]'))
    END AS lines
  FROM (
    SELECT data -> 'order' AS "order"
    FROM event
    WHERE shop = $1 AND subject = $2 AND data ->> 'order' IS NOT NULL
    ORDER BY occurred_at DESC, id DESC
    LIMIT 1
  ) AS o`;

/** @returns null where the shop has no such order. */
export async function orderStory(road: Road, shop: string, id: string): Promise<OrderStory | null> {
  if (!/^\d{1,20}$/.test(id)) return null;
  return byIndex(road.db, (sql) => storyOf(sql, shop, id));
}

async function storyOf(sql: Sql, shop: string, id: string): Promise<OrderStory | null> {
  const subject = subjectOf("order", id);
  const [found, [facts]] = await Promise.all([
    sql.query(EVENTS, [shop, subject, MOST + 1]),
    sql.query(FACTS, [shop, subject, MOST_LINES]),
  ]);
  if (found.length === 0) return null;
  const ids = found.slice(0, MOST).map((event) => event.id);
  const events = await linesOfEvents(sql, shop, ids.reverse(), [null, null, null]);
  const nothing = { name: null, placedAt: null, worth: null, test: false, customerId: null, lines: null };
  const placed = events.find(({ kind }) => kind === "order.placed")?.occurredAt ?? null;
  return { id, ...(facts ?? { ...nothing, placedAt: placed }), events, more: found.length > MOST };
}
