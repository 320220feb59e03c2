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

/** A shop that was renamed meanwhile is known again by Shopify's id. */
export const sqlIdName = (id: string) => `'id:' || ${id}`;

const hashOf = (shop: string, { destination, account, keyHash }: Row) =>
  createHash("sha256").update([shop, destination, account, keyHash].join("\n")).digest("hex");

/** SQL: the same, of a row of delivery. */
const sqlHash = (shop: string) =>
  `sha256(convert_to(concat_ws(E'\\n', ${shop}, destination, account, encode(key_hash, 'hex')), 'UTF8'))`;
const ID_NAME = `(SELECT ${sqlIdName("s.shopify_id")} FROM shop s WHERE s.domain = $1)`;

const KNOWN = statement<{ hash: string }, [hashes: string[]]>("known-kept-keys")`
  SELECT encode(k.hash, 'hex') AS hash
  FROM unnest($1::text[]) AS asked (hash)
  JOIN kept_key k ON k.hash = decode(asked.hash, 'hex')`;

const SQL_HASH_BY_ID = `CASE WHEN ${ID_NAME} IS NOT NULL THEN ${sqlHash(ID_NAME)} END`;

const NAMED = statement<{ name: string | null }, [shop: string]>("id-name-of-shop")`
  SELECT ${ID_NAME} AS name`;

/** What is due of what the shop's ledger had before it was erased is skipped. */
export async function countedBefore(sql: Sql, shop: string, rows: Row[]): Promise<void> {
  const due = rows.filter(({ state }) => state === "due");
  if (due.length === 0) return;
  const [named] = await sql.query(NAMED, [shop]);
  const names = [shop, ...(named?.name ? [named.name] : [])];
  const hashed = due.map((row) => ({ row, hashes: names.map((name) => hashOf(name, row)) }));
  const known = await sql.query(KNOWN, [hashed.flatMap(({ hashes }) => hashes)]);
  const kept = new Set(known.map(({ hash }) => hash));
  for (const { row, hashes } of hashed)
    if (hashes.some((hash) => kept.has(hash)))
      Object.assign(row, { state: "skipped", reason: because("counted_before_erased") });
}

const KEEP = statement<{ id: string }, [shop: string, most: number]>("keep-keys-and-drop-deliveries")`
  WITH gone AS (
    DELETE FROM delivery
    WHERE id IN (SELECT id FROM delivery WHERE shop = $1 LIMIT $2)
    RETURNING id, version, rank, ARRAY[${sqlHash("shop")}, ${SQL_HASH_BY_ID}] AS hashes),
  kept AS (
    INSERT INTO kept_key (hash)
    SELECT hash
    FROM gone, unnest(hashes) AS h (hash)
    WHERE hash IS NOT NULL AND version IS NULL AND rank < ${BEHAVIOUR}
    ON CONFLICT DO NOTHING)
  SELECT id
  FROM gone`;

/** Deletes some of the shop's deliveries; of what counts the key stays, as a hash. @returns how many went. */
export async function keepKeys(sql: Sql, shop: string, most: number): Promise<number> {
  const gone = await sql.query(KEEP, [shop, most]);
  return gone.length;
}
