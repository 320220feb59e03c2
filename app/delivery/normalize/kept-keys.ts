// The keys that an erased shop's ledger left behind, as hashes: what it counted before is not counted again when the shop comes back.
import { createHash } from "node:crypto";
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { BEHAVIOUR } from "../rank.ts";
import { because } from "../reasons.ts";

interface Row {
  destination: string;
  account: string;
  /** Hexadecimal. */
  keyHash: string;
  state: string;
  reason: Reason | null;
}

const hashOf = (shop: string, { destination, account, keyHash }: Row) =>
  createHash("sha256").update([shop, destination, account, keyHash].join("\n")).digest("hex");

/** SQL: the same, of a row of delivery. */
const sqlHash = `sha256(convert_to(concat_ws(E'\\n', shop, destination, account, encode(key_hash, 'hex')), 'UTF8'))`;

const KNOWN = statement<{ hash: string }, [hashes: string[]]>("known-kept-keys")`
  SELECT encode(k.hash, 'hex') AS hash
  FROM unnest($1::text[]) AS asked (hash)
  JOIN kept_key k ON k.hash = decode(asked.hash, 'hex')`;

/** What is due of what the shop's ledger had before it was erased is skipped. */
export async function countedBefore(sql: Sql, shop: string, rows: Row[]): Promise<void> {
  const due = rows.filter(({ state }) => state === "due").map((row) => ({ row, hash: hashOf(shop, row) }));
  if (due.length === 0) return;
  const known = await sql.query(KNOWN, [due.map(({ hash }) => hash)]);
  const kept = new Set(known.map(({ hash }) => hash));
  for (const { row, hash } of due)
    if (kept.has(hash)) Object.assign(row, { state: "skipped", reason: because("counted_before_erased") });
}

const KEEP = statement<{ id: string }, [shop: string, most: number]>("keep-keys-and-drop-deliveries")`
  WITH gone AS (
    DELETE FROM delivery
    WHERE id IN (SELECT id FROM delivery WHERE shop = $1 LIMIT $2)
    RETURNING id, version, rank, ${sqlHash} AS hash),
  kept AS (
    INSERT INTO kept_key (hash)
    SELECT hash
    FROM gone
    WHERE version IS NULL AND rank < ${BEHAVIOUR}
    ON CONFLICT DO NOTHING)
  SELECT id
  FROM gone`;

/** Deletes some of the shop's deliveries; of what counts the key stays, as a hash. @returns how many went. */
export async function keepKeys(sql: Sql, shop: string, most: number): Promise<number> {
  const gone = await sql.query(KEEP, [shop, most]);
  return gone.length;
}
