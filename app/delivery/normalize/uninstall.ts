// The shop has left: all of its deliveries stop, and its credentials and sessions go.
import type { Sql } from "../../db.server.ts";
import { NOT_SENT } from "../connections/switch-connection.ts";

/** @param said when Shopify said so: a shop that was installed again since then stays. */
export async function uninstall(sql: Sql, shop: string, said: Date | null, now: Date): Promise<void> {
  const [back] = await sql.query("SELECT 1 FROM shop WHERE domain = $1 AND installed_at > $2", [shop, said ?? now]);
  if (back) return;
  await sql.query(
    "UPDATE shop SET uninstalled_at = $2, pixel_key = NULL, pixel_endpoint = NULL, pixel_says = NULL WHERE domain = $1",
    [shop, now],
  );
  await sql.query(
    "UPDATE connection SET state = 'disconnected', reason = NULL, secrets = NULL, settings = '{}', changed_at = $2 WHERE shop = $1",
    [shop, now],
  );
  await sql.query(
    `UPDATE delivery SET state = ${NOT_SENT}, reason = 'uninstalled', settled_at = $2 WHERE shop = $1 AND state = 'due'`,
    [shop, now],
  );
  await sql.query("DELETE FROM session WHERE shop = $1", [shop]);
}
