// Who changed what of a connection, and when. Of a secret it knows that it changed, and its last characters.
import { isDeepStrictEqual } from "node:util";
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import type { Destination } from "../../destinations/destination.ts";
import type { Road } from "../road.ts";
import type { Rules } from "./rules.ts";
import { lastOf } from "./secret-prints.ts";

/** `what`: "made", "state", "name", "settings.domain", "secrets.apiKey", "rules.countries". */
export interface Change {
  what: string;
  before: unknown;
  after: unknown;
}
export interface ChangeLine {
  id: string;
  at: Date;
  /** Shopify's number of the user; null: nobody of the staff. */
  by: string | null;
  what: Change[];
}
interface Form {
  name: string;
  /** Secrets too. */
  settings: Record<string, string>;
  rules: Rules;
}

/** Follows from another rule, or is nobody's choice. */
const NOT_CHOSEN = new Set(["purchaseWhenSince"]);

/** @param before null: it is new. */
export function changesBetween(sheet: Destination, before: Form | null, after: Form): Change[] {
  if (!before) return [{ what: "made", before: null, after: after.name }];
  const settings = Object.entries(sheet.fields).map(([field, { secret }]) => {
    const [was = "", is = ""] = [before.settings[field], after.settings[field]];
    if (!secret) return { what: `settings.${field}`, before: was, after: is };
    // Two that end alike are two all the same.
    return was === is ? null : { what: `secrets.${field}`, before: lastOf(was), after: `${lastOf(is)}` };
  });
  const rules = (Object.keys(after.rules) as (keyof Rules)[])
    .filter((name) => !NOT_CHOSEN.has(name))
    .map((name) => ({ what: `rules.${name}`, before: before.rules[name], after: after.rules[name] }));
  return [{ what: "name", before: before.name, after: after.name }, ...settings, ...rules].filter(
    (change) =>
      change !== null && (change.what.startsWith("secrets.") || !isDeepStrictEqual(change.before, change.after)),
  ) as Change[];
}

const NOTE = statement<never, [shop: string, connectionId: string, now: Date, by: string | null, what: string]>(
  "note-change-of-connection",
)`
  INSERT INTO connection_change (shop, connection_id, at, changed_by, what)
  VALUES ($1, $2, $3, $4, $5::jsonb)`;

/** In the transaction of the change. */
export async function noteChange(
  sql: Sql,
  { shop, id, now, by }: { shop: string; id: string; now: Date; by: string | null },
  what: Change[],
): Promise<void> {
  if (what.length > 0) await sql.query(NOTE, [shop, id, now, by, keptJson(what)]);
}

const LATEST = statement<ChangeLine, [shop: string, connectionId: string]>("changes-of-connection")`
  SELECT id, at, changed_by AS by, what
  FROM connection_change
  WHERE shop = $1 AND connection_id = $2::uuid
  ORDER BY id DESC
  LIMIT 50`;

/** The newest first. */
export const changesOf = (road: Road, shop: string, id: string): Promise<ChangeLine[]> =>
  road.db.query(LATEST, [shop, id]);
