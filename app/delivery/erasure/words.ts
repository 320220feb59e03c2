// Cuts a person's words out of the sentences of ours in which a vendor's words, or somebody's wish, may have brought them.
import { isReason, mapTexts, type Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Erasing } from "./erasing.ts";

/** Tables with a shop each, which have few rows of one. */
const SENTENCES = [
  { table: "replay", id: "id", column: "which" },
  { table: "alert", id: "id", column: "reason_values" },
  { table: "connection", id: "id", column: "reason_values" },
  { table: "lane", id: "connection_id", column: "paused_channels" },
  // What was declared under a name that they brought (a carrier, a discount's code) is declared again when another needs it.
  { table: "lane", id: "connection_id", column: "declared" },
].map(({ table, id, column }) => ({
  column,
  find: statement<{ id: string; says: unknown }, [shop: string]>(`sentences-of-${table}-${column}`)`
    SELECT ${id} AS id, ${column} AS says
    FROM ${table}
    WHERE shop = $1 AND ${column} IS NOT NULL`,
  cutOut: statement<never, [id: string, left: string, before: string]>(`cut-words-of-${table}-${column}`)`
    UPDATE ${table}
    SET ${column} = $2
    WHERE ${id} = $1 AND ${column} = $3`,
}));

export async function eraseSentences({ road, shop, cut }: Erasing): Promise<void> {
  for (const { column, find, cutOut } of SENTENCES) {
    const rows = await road.db.query(find, [shop]);
    for (const row of rows) {
      const left = column === "reason_values" ? inValues(row.says as Reason["values"], cut) : inTexts(row.says, cut);
      if (JSON.stringify(left) === JSON.stringify(row.says)) continue;
      await road.db.query(cutOut, [row.id, JSON.stringify(left), JSON.stringify(row.says)]);
    }
  }
}

/** The numbers of our own rows are no words, nor are the codes of reasons and the names of their values. */
export function inTexts(value: unknown, cut: (words: string) => string): unknown {
  if (typeof value === "string") return /^(\d{1,18}|[0-9a-f-]{36})$/.test(value) ? value : cut(value);
  if (Array.isArray(value)) return value.map((one) => inTexts(one, cut));
  if (typeof value !== "object" || value === null) return value;
  if (isReason(value)) return mapTexts(value, cut);
  const left = Object.entries(value).filter(([name]) => cut(name) === name);
  return Object.fromEntries(left.map(([name, one]) => [name, inTexts(one, cut)]));
}

/** Of a reason: what its values are called are words of ours. */
export const inValues = (values: Reason["values"], cut: (words: string) => string) =>
  mapTexts({ code: "", values }, cut).values;
