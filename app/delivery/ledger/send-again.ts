// Sends deliveries again that ended without arriving: they are owed anew, where the vendor still takes them.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { holdLanesOf } from "../connections/lanes.ts";
import { type RoadCode, sqlReason } from "../reasons.ts";
import { oweRefunds } from "../refunds.ts";
import type { Road } from "../road.ts";
import { type Asked, byIds, CAN_REPLAY, OPEN, WINDOWS } from "./group.ts";

const LOCK = statement<{ id: string }, [shop: string]>("hold-connections-of-shop")`
  SELECT id
  FROM connection
  WHERE shop = $1
  ORDER BY id
  FOR NO KEY UPDATE`;

/** As who books for the connections does, and not at the same time; before any row of a delivery is taken. */
export async function holdShop(sql: Sql, shop: string): Promise<void> {
  await sql.query(LOCK, [shop]);
  await holdLanesOf(sql, shop);
}

interface Owed {
  connectionId: string;
  destination: string;
  purchase: string | null;
}
const REPLAYED = "replayed" satisfies RoadCode;
const REPLAY = statement<Owed, [...Asked, ids: string[]]>("replay-deliveries")`
  UPDATE delivery d
  SET state = 'due', due_at = $2, insisted = true, only_ask = false, asked = 0, settled_at = NULL,
    reason_code = '${REPLAYED}', reason_values = jsonb_strip_nulls(jsonb_build_object('before', ${sqlReason("d")})),
    deadline_at = CASE
      WHEN w.span IS NULL OR d.version IS NOT NULL THEN $2::timestamptz + interval '72 hours'
      ELSE d.occurred_at + w.span * interval '1 ms'
    END
  FROM ${WINDOWS}, connection c
  WHERE d.shop = $1 AND w.slug = d.destination AND c.id = d.connection_id
    AND ${OPEN}
    AND ${CAN_REPLAY}
    AND ${byIds(5)}
  RETURNING d.connection_id AS "connectionId", d.destination, CASE WHEN d.rank = 0 THEN d.subject END AS purchase`;

/**
 * Owes them again: due now, with a new deadline where the vendor has no window of its own.
 * What may have arrived is looked up first where the vendor can be asked, also after its window.
 * A state that a newer one has followed is not sent: it would overwrite it. What is outside that window otherwise, or too old to be kept until it is sent, stays as it is.
 * @param asked of the shop that `holdShop` holds. @returns what will be sent again, or asked about: its lanes want a bell.
 */
export async function sendAgain(road: Road, sql: Sql, asked: Asked, ids: string[]): Promise<Owed[]> {
  const owed = await sql.query(REPLAY, [...asked, ids]);
  const purchases = owed.flatMap(({ purchase }) => purchase ?? []);
  await oweRefunds(road, sql, asked[0], purchases);
  return owed;
}
