// What a shop's activity can be filtered by: the reasons that there were lately, and the connections, ended ones too.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { sqlList } from "../states.ts";
import { byIndex } from "./by-index.ts";
import { ENDED } from "./walks.ts";

const REASONS = statement<{ reason: Reason }, [shop: string]>("reasons-to-choose")`
  SELECT DISTINCT ON (reason_code) ${sqlReason("d")} AS reason
  FROM unnest(ARRAY[${ENDED.map((state) => `'${state}'`).join(", ")}]) AS of (state)
  CROSS JOIN LATERAL (
    SELECT reason_code, reason_values, settled_at
    FROM delivery
    WHERE shop = $1 AND delivery.state = of.state AND delivery.state IN ${sqlList(ENDED)}
    ORDER BY settled_at DESC
    LIMIT 200
  ) AS d
  WHERE reason_code IS NOT NULL
  ORDER BY reason_code, settled_at DESC`;

/** The reasons of what ended lately, each with the values that it had last. */
export async function reasonsToChoose(road: Road, shop: string): Promise<Reason[]> {
  const rows = await byIndex(road.db, (sql) => sql.query(REASONS, [shop]));
  return rows.map(({ reason }) => reason);
}

export interface Choice {
  id: string;
  name: string;
  /** It is disconnected. */
  ended: boolean;
}
const CONNECTIONS = statement<Choice, [shop: string]>("connections-to-choose")`
  SELECT id, name, state = 'disconnected' AS ended
  FROM connection
  WHERE shop = $1
  ORDER BY ended, created_at, id`;

export const connectionsToChoose = (road: Road, shop: string): Promise<Choice[]> => road.db.query(CONNECTIONS, [shop]);
