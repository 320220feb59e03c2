// When each secret of a connection was set, and what an equal one is known by: no two connections of a shop have the same, also where both are saved at once.
import type { Sql } from "../../base/database.ts";
import type { Keyring } from "../../base/secrets.ts";
import { statement } from "../../base/statement.ts";
import type { Destination } from "../../destinations/destination.ts";

/** By them a person knows which one it is; of a short one they would give too much away. */
const SHOWN = 4;
const SHORTEST = 10;
export const lastOf = (secret: string): string => (secret.length >= SHORTEST ? secret.slice(-SHOWN) : "");

const SET = statement<never, [connectionId: string, shop: string, destination: string, prints: string, now: Date]>(
  "set-secrets-of-connection",
)`
  INSERT INTO connection_secret (connection_id, field, shop, destination, print, set_at)
  SELECT $1, s.field, $2, $3, s.print, $5
  FROM jsonb_to_recordset($4::jsonb) AS s (field text, print text)
  ON CONFLICT (connection_id, field) DO UPDATE
    SET print = excluded.print, set_at = excluded.set_at`;

interface Own {
  id: string;
  shop: string;
  before: Record<string, string>;
  settings: Record<string, string>;
  now: Date;
}

/** Those that are others than before. @throws where another connection has one of them; see isEqualSecret */
export async function keepSecrets(sql: Sql, keys: Keyring, sheet: Destination, own: Own): Promise<void> {
  const { id, shop, before, settings, now } = own;
  const prints = Object.entries(sheet.fields).flatMap(([field, { secret, forMany }]) => {
    const value = settings[field];
    if (!secret || !value || value === before[field]) return [];
    return [{ field, print: forMany ? null : keys.pseudonym(`secret:${shop}:${sheet.slug}:${field}:${value}`) }];
  });
  if (prints.length > 0) await sql.query(SET, [id, shop, sheet.slug, JSON.stringify(prints), now]);
}

export const isEqualSecret = (error: unknown): boolean =>
  error instanceof Error &&
  "constraint" in error &&
  error.constraint === "connection_secret_shop_destination_print_key";

const FORGET = statement<never, [shop: string, id: string | null]>("forget-secrets-of-connection")`
  DELETE FROM connection_secret
  WHERE shop = $1 AND (connection_id = $2 OR $2::uuid IS NULL)`;

/** @param id null: of all of the shop's connections. */
export async function forgetSecrets(sql: Sql, shop: string, id: string | null): Promise<void> {
  await sql.query(FORGET, [shop, id]);
}
