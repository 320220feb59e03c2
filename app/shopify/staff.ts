// The names of a shop's staff, as far as Shopify's sessions know them: a session token names a user by a number only.
import { statement } from "../base/statement.ts";
import type { Road } from "../delivery/road.ts";

interface Named {
  id: string;
  name: string;
}
const NAMED = statement<Named, [shop: string]>("staff-of-shop")`
  SELECT "userId"::text AS id, trim(concat_ws(' ', "firstName", "lastName")) AS name
  FROM session
  WHERE shop = $1 AND "userId" IS NOT NULL AND coalesce(nullif("firstName", ''), nullif("lastName", '')) IS NOT NULL`;

/** User's id → name. */
export async function staffNames(road: Road, shop: string): Promise<Record<string, string>> {
  const rows = await road.db.query(NAMED, [shop]);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
