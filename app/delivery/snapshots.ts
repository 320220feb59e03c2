// Keeps the last known carts, customers and visitors of a shop between webhooks.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import type { Snapshot, SnapshotKey } from "../events/reading.ts";
import { personKeys } from "./person-keys.ts";

const LOAD = statement<Snapshot, [shop: string, kinds: string[], ids: string[]]>("load-snapshots")`
  SELECT s.kind, s.id, s.version, s.data,
    to_char(s.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt"
  FROM unnest($2::text[], $3::text[]) AS k (kind, id)
  CROSS JOIN LATERAL (SELECT * FROM snapshot WHERE shop = $1 AND kind = k.kind AND id = k.id LIMIT 1) AS s`;

export async function loadSnapshots(sql: Sql, shop: string, keys: SnapshotKey[]): Promise<Snapshot[]> {
  if (keys.length === 0) return [];
  return sql.query(LOAD, [shop, keys.map(({ kind }) => kind), keys.map(({ id }) => id)]);
}

const SAVE = statement<never, [shop: string, snapshots: string]>("save-snapshots")`
  INSERT INTO snapshot (shop, kind, id, version, data, persons, expires_at)
  SELECT $1, kind, id, version, data, persons, "expiresAt"
  FROM jsonb_to_recordset($2::jsonb) AS s (
    kind text, id text, version text, data jsonb, persons bigint[], "expiresAt" timestamptz)
  ON CONFLICT (shop, kind, id) DO UPDATE
    SET version = excluded.version, data = excluded.data, persons = excluded.persons, expires_at = excluded.expires_at`;

export async function saveSnapshots(sql: Sql, shop: string, snapshots: Snapshot[]): Promise<void> {
  if (snapshots.length === 0) return;
  const rows = snapshots.map((snapshot) => ({ ...snapshot, persons: personKeys(snapshot.data) }));
  await sql.query(SAVE, [shop, JSON.stringify(rows)]);
}
