// Cuts a person's words out of other deliveries: what a vendor said of one stands at all that waited for it, were sent with it, or came to their end behind it.
import { statement } from "../../base/statement.ts";
import { WAITS_FOR_CUSTOMER } from "../deliver/claim.ts";
import { WAITS_FOR_PURCHASE } from "../refunds.ts";
import { LOST, sqlList } from "../states.ts";
import type { Erasing } from "./erasing.ts";
import { inTexts } from "./words.ts";

/** Before the person's own deliveries are cut: by what was said of them it is known where to look. */
export async function eraseCopies(erasing: Erasing): Promise<void> {
  for (const connection of await echoing(erasing)) await eraseAt(erasing, connection);
}

const SAID = statement<{ id: string; says: string }, [shop: string, subjects: string[]]>("said-of-subjects")`
  WITH own AS (
    SELECT d.id, d.connection_id, d.reason
    FROM event e
    JOIN delivery d ON d.event_id = e.id
    WHERE e.shop = $1 AND e.subject = ANY ($2))
  SELECT connection_id AS id, reason AS says
  FROM own
  WHERE reason IS NOT NULL
  UNION
  SELECT a.connection_id, a.answer
  FROM own
  JOIN attempt a ON a.deliveries @> ARRAY[own.id]
  WHERE a.answer IS NOT NULL
  UNION
  SELECT l.connection_id, p.value
  FROM lane l, jsonb_each_text(l.paused_channels) AS p
  WHERE l.shop = $1
  UNION
  SELECT id, reason
  FROM connection
  WHERE shop = $1 AND reason IS NOT NULL`;

/** The connections at which a vendor said something of the person's. */
async function echoing({ road, shop, subjects, cut }: Erasing): Promise<Set<string>> {
  const said = await road.db.query(SAID, [shop, subjects]);
  return new Set(said.flatMap(({ id, says }) => (cut(says) === says ? [] : [id])));
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
const SENTENCES = statement<{ says: string }, [connectionId: string, shop: string]>("reasons-of-open-deliveries")`
  SELECT reason AS says
  FROM delivery
  WHERE connection_id = $1 AND state = 'due' AND reason IS NOT NULL
  UNION
  SELECT reason
  FROM delivery
  WHERE shop = $2 AND connection_id = $1 AND state IN ${sqlList(LOST)} AND reason IS NOT NULL`;
const CUT = statement<never, [connectionId: string, shop: string, says: string, left: string]>("cut-reasons")`
  UPDATE delivery
  SET reason = $4
  WHERE id IN (
    SELECT id FROM delivery WHERE connection_id = $1 AND state = 'due' AND reason = $3
    UNION ALL
    SELECT id
    FROM delivery
    WHERE shop = $2 AND connection_id = $1 AND state IN ${sqlList(LOST)} AND reason = $3
    ORDER BY id)`;

/** By the indexes of what is due and of what was lost. The lane's own sentence with them: by it they are found when the channel opens again. */
const eraseAt = ({ road, shop, cut }: Erasing, connection: string): Promise<void> =>
  road.db.transaction(async (sql) => {
    const [lane] = await sql.query(PAUSED, [connection]);
    if (lane) await sql.query(CUT_LANE, [connection, JSON.stringify(inTexts(lane.paused, cut))]);
    const sentences = await sql.query(SENTENCES, [connection, shop]);
    for (const { says } of sentences) {
      if (OURS.includes(says) || cut(says) === says) continue;
      await sql.query(CUT, [connection, shop, says, cut(says)]);
    }
  });

/** No vendor's words are in these, and the road knows them again. */
const OURS: string[] = [WAITS_FOR_CUSTOMER, WAITS_FOR_PURCHASE];
