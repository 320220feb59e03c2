// Cuts a person's words out of the sentences of ours in which a vendor's words, or somebody's wish, may have brought them.
import { statement } from "../../base/statement.ts";
import type { Erasing } from "./erasing.ts";

const [TEXT_LEFT, JSON_LEFT] = ["$2::jsonb #>> '{}'", "$2::jsonb"];
/** Tables with a shop each, which have few rows of one. */
const SENTENCES = [
  { table: "replay", id: "id", column: "which", left: JSON_LEFT },
  { table: "alert", id: "id", column: "says", left: TEXT_LEFT },
  { table: "connection", id: "id", column: "reason", left: TEXT_LEFT },
  { table: "lane", id: "connection_id", column: "paused_channels", left: JSON_LEFT },
  // What was declared under a name that they brought (a carrier, a discount's code) is declared again when another needs it.
  { table: "lane", id: "connection_id", column: "declared", left: JSON_LEFT },
].map(({ table, id, column, left }) => ({
  find: statement<{ id: string; says: unknown }, [shop: string]>(`sentences-of-${table}-${column}`)`
    SELECT ${id} AS id, to_jsonb(${column}) AS says
    FROM ${table}
    WHERE shop = $1 AND ${column} IS NOT NULL`,
  cutOut: statement<never, [id: string, left: string, before: string]>(`cut-words-of-${table}-${column}`)`
    UPDATE ${table}
    SET ${column} = ${left}
    WHERE ${id} = $1 AND to_jsonb(${column}) = $3::jsonb`,
}));

export async function eraseSentences({ road, shop, cut }: Erasing): Promise<void> {
  for (const { find, cutOut } of SENTENCES) {
    const rows = await road.db.query(find, [shop]);
    for (const row of rows) {
      const left = inTexts(row.says, cut);
      if (JSON.stringify(left) === JSON.stringify(row.says)) continue;
      await road.db.query(cutOut, [row.id, JSON.stringify(left), JSON.stringify(row.says)]);
    }
  }
}

/** The numbers of our own rows are no words. */
export function inTexts(value: unknown, cut: (words: string) => string): unknown {
  if (typeof value === "string") return /^(\d{1,18}|[0-9a-f-]{36})$/.test(value) ? value : cut(value);
  if (Array.isArray(value)) return value.map((one) => inTexts(one, cut));
  if (typeof value !== "object" || value === null) return value;
  const left = Object.entries(value).filter(([name]) => cut(name) === name);
  return Object.fromEntries(left.map(([name, one]) => [name, inTexts(one, cut)]));
}
