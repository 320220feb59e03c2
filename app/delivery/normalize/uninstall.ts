// The shop has left: all of its deliveries stop, and its credentials, its sessions and what was known of its buyers go.
import type { Sql } from "../../base/database.ts";
import { holdLanes } from "../connections/lanes.ts";
import { NOT_SENT } from "../connections/switch-connection.ts";

/** Shopify's clock and ours may differ by so much; nobody installs an app again within it. */
const CLOCKS_APART_MS = 10_000;

/** @param said when Shopify said so: a shop that gave us a token since then is installed again, and stays. */
export async function uninstall(sql: Sql, shop: string, said: Date, now: Date): Promise<void> {
  const [back] = await sql.query("SELECT 1 FROM shop WHERE domain = $1 AND greatest(installed_at, token_at) > $2", [
    shop,
    new Date(said.getTime() + CLOCKS_APART_MS),
  ]);
  if (back) return;
  await sql.query(
    "UPDATE shop SET uninstalled_at = $2, pixel_key = NULL, pixel_endpoint = NULL, pixel_says = NULL WHERE domain = $1",
    [shop, now],
  );
  await sql.query(
    "UPDATE connection SET state = 'disconnected', reason = NULL, secrets = NULL, settings = '{}', changed_at = $2 WHERE shop = $1",
    [shop, now],
  );
  await holdLanes(sql, "shop = $1", shop);
  await sql.query(
    `UPDATE delivery SET state = ${NOT_SENT}, reason = 'uninstalled', settled_at = $2 WHERE shop = $1 AND state = 'due'`,
    [shop, now],
  );
  await sql.query("DELETE FROM session WHERE shop = $1", [shop]);
  // Its buyers: who comes back with the shop is told anew.
  await sql.query("DELETE FROM snapshot WHERE shop = $1", [shop]);
}
