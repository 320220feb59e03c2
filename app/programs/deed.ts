// Whose database it is: a sandbox's, for whose shop anybody can sign, or an app's with credentials. Neither may ever be taken for the other.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import { SANDBOX_SHOP } from "../shopify/domain.ts";

const REFUSED = {
  sandbox:
    "This database belongs to an app with Shopify credentials, and none are set: set SHOPIFY_API_KEY, SHOPIFY_API_SECRET and SHOPIFY_APP_URL. " +
    "To try the sandbox, give it a database of its own (another DATABASE_URL, or another SWITCHYARD_DATA where none is set).",
  app:
    "This database was a sandbox's, for whose shop anybody can sign, so it is not used with Shopify credentials: " +
    "give the app a database of its own (another DATABASE_URL, or another SWITCHYARD_DATA where none is set).",
};

// What an older version has left without a mark is known by its shops.
const TAKE = statement<never, [own: string, sandboxShop: string]>("take-database")`
  INSERT INTO deed ("of")
  SELECT $1
  WHERE NOT EXISTS (
    SELECT
    FROM (
      SELECT domain AS shop FROM shop UNION ALL SELECT shop FROM session UNION ALL SELECT shop FROM connection
    ) AS there
    WHERE (shop = $2) = ($1 = 'app'))
  ON CONFLICT DO NOTHING`;
const DEED = statement<{ of: string }>("whose-database")`
  SELECT "of"
  FROM deed`;

/** Marks the database at the first start. @throws one sentence where it is another's. */
export async function takeDatabase(db: Sql, sandbox: boolean): Promise<void> {
  const own = sandbox ? "sandbox" : "app";
  await db.query(TAKE, [own, SANDBOX_SHOP]);
  const [deed] = await db.query(DEED);
  if (deed?.of !== own) throw new Error(REFUSED[own]);
}
