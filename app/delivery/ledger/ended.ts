// What connections that are no more have left to decide.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";
import { LOST, sqlList } from "../states.ts";

export interface Ended {
  id: string;
  destination: string;
  name: string;
  attention: number;
}

const ENDED = statement<Ended, [shop: string]>("left-by-ended-connections")`
  SELECT c.id, c.destination, c.name, count(*)::int AS attention
  FROM connection c
  JOIN delivery d ON d.shop = c.shop AND d.destination = c.destination AND d.connection_id = c.id
  WHERE c.shop = $1 AND c.state = 'disconnected' AND d.state IN ${sqlList(LOST)} AND d.dismissed_at IS NULL
  GROUP BY c.id
  ORDER BY c.created_at, c.id`;

export const endedConnections = (road: Road, shop: string): Promise<Ended[]> => road.db.query(ENDED, [shop]);
