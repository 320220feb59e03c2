// A database of its own for each run of a peer, with its tables and nothing of ours; the app's is test/support/database.ts'.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { type Database, openDatabase } from "../../app/base/database.ts";

export interface PeerDatabase {
  url: string;
  db: Database;
  drop(): Promise<void>;
}

/** @param tables a file of statements, from bench/peers. */
export async function peerDatabase(tables: string): Promise<PeerDatabase> {
  const name = `peer_${randomBytes(8).toString("hex")}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  url.pathname = `/${name}`;
  const db = openDatabase(url.href, { size: 2 });
  for (const statement of readFileSync(new URL(`../peers/${tables}`, import.meta.url), "utf8").split(/;\s*\n/))
    if (statement.trim()) await db.query(statement);
  return {
    url: url.href,
    db,
    async drop() {
      await db.end();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** What a run left to write is written before the next one begins. */
export const settleDown = () => asAdmin("CHECKPOINT");

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
