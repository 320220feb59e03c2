// Cuts a person's words out of other deliveries: what a vendor said of one stands at all that waited for it, were sent with it, or came to their end behind it.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { LOST, sqlList } from "../states.ts";
import type { Erasing } from "./erasing.ts";
import { inTexts, inValues } from "./words.ts";

/** Before the person's own deliveries are cut: by what was said of them it is known where to look. */
export async function eraseCopies(erasing: Erasing): Promise<void> {
  for (const connection of await echoing(erasing)) await eraseAt(erasing, connection);
}

const SAID = statement<{ id: string; says: unknown }, [shop: string, subjects: string[]]>("said-of-subjects")`
  WITH own AS (
    SELECT d.id, d.connection_id, d.reason_values
    FROM event e
    JOIN delivery d ON d.event_id = e.id
    WHERE e.shop = $1 AND e.subject = ANY ($2))
  SELECT connection_id AS id, reason_values AS says
  FROM own
  WHERE reason_values IS NOT NULL
  UNION
  SELECT a.connection_id, to_jsonb(a.answer)
  FROM own
  JOIN attempt a ON a.deliveries @> ARRAY[own.id]
  WHERE a.answer IS NOT NULL
  UNION
  SELECT connection_id, paused_channels
  FROM lane
  WHERE shop = $1
  UNION
  SELECT id, reason_values
  FROM connection
  WHERE shop = $1 AND reason_values IS NOT NULL`;

/** The connections at which a vendor said something of the person's. */
async function echoing({ road, shop, subjects, cut }: Erasing): Promise<Set<string>> {
  const said = await road.db.query(SAID, [shop, subjects]);
  return new Set(said.flatMap(({ id, says }) => (same(inTexts(says, cut), says) ? [] : [id])));
}

const PAUSED = statement<{ paused: unknown }, [connectionId: string]>("hold-lane-to-cut")`
  SELECT paused_channels AS paused
  FROM lane
  WHERE connection_id = $1
  FOR NO KEY UPDATE`;
const CUT_LANE = statement<never, [connectionId: string, paused: string]>("cut-paused-channels")`
  UPDATE lane
  SET paused_channels = $2
  WHERE connection_id = $1`;
const REASONS = statement<{ says: Reason["values"] }, [connectionId: string, shop: string]>(
  "reasons-of-open-deliveries",
)`
  SELECT reason_values AS says
  FROM delivery
  WHERE connection_id = $1 AND state = 'due' AND reason_values <> '{}'
  UNION
  SELECT reason_values
  FROM delivery
  WHERE shop = $2 AND connection_id = $1 AND state IN ${sqlList(LOST)} AND reason_values <> '{}'`;
const CUT = statement<never, [connectionId: string, shop: string, says: string, left: string]>("cut-reasons")`
  UPDATE delivery
  SET reason_values = $4
  WHERE id IN (
    SELECT id FROM delivery WHERE connection_id = $1 AND state = 'due' AND reason_values = $3
    UNION ALL
    SELECT id
    FROM delivery
    WHERE shop = $2 AND connection_id = $1 AND state IN ${sqlList(LOST)} AND reason_values = $3
    ORDER BY id)`;

/** By the indexes of what is due and of what was lost. */
const eraseAt = ({ road, shop, cut }: Erasing, connection: string): Promise<void> =>
  road.db.transaction(async (sql) => {
    const [lane] = await sql.query(PAUSED, [connection]);
    if (lane) await sql.query(CUT_LANE, [connection, JSON.stringify(inTexts(lane.paused, cut))]);
    const reasons = await sql.query(REASONS, [connection, shop]);
    for (const { says } of reasons) {
      const left = inValues(says, cut);
      if (same(left, says)) continue;
      await sql.query(CUT, [connection, shop, JSON.stringify(says), JSON.stringify(left)]);
    }
  });

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
