// The merchant changed what the app may have: it is kept with the shop's token, and the upkeep sets the shop up again.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Reading } from "../../events/reading.ts";

const KEEP = statement<never, [shop: string, scopes: string]>("keep-granted-scopes")`
  UPDATE session
  SET scope = $2
  WHERE id = 'offline_' || $1`;
/** Whatever was not told before is asked for at once. */
const SET_UP_AGAIN = statement<never, [shop: string]>("set-shop-up-again")`
  UPDATE shop
  SET set_up_at = NULL, lacks = coalesce(lacks, '{}')
  WHERE domain = $1 AND uninstalled_at IS NULL`;

export async function keepScopes(sql: Sql, shop: string, readings: Reading[]): Promise<void> {
  const last = readings.findLast((reading) => reading.is === "scopes");
  if (last?.is !== "scopes") return;
  await sql.query(KEEP, [shop, last.scopes.join(",")]);
  await sql.query(SET_UP_AGAIN, [shop]);
}
