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
  SELECT c.id, c.destination, c.name, sum(d.count - d.dismissed)::int AS attention
  FROM connection c
  JOIN delivery_count d ON d.connection_id = c.id
  WHERE c.shop = $1 AND c.state = 'disconnected' AND d.state IN ${sqlList(LOST)}
  GROUP BY c.id
  HAVING sum(d.count - d.dismissed) > 0
  ORDER BY c.created_at, c.id`;

export const endedConnections = (road: Road, shop: string): Promise<Ended[]> => road.db.query(ENDED, [shop]);
