// With PROFILE set: the statements on which PostgreSQL spent its time, by pg_stat_statements. Without, nothing.
import type { Database } from "../../app/base/database.ts";
import { say } from "./figures.ts";

const MOST = 25;

export async function statements(db: Database): Promise<{ say(bench: string): Promise<void> }> {
  if (!process.env.PROFILE) return { say: async () => {} };
  await db.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  await db.query("SELECT pg_stat_statements_reset()");
  return {
    async say(bench) {
      const all = await db.query(
        `SELECT calls::int, round(total_exec_time) AS ms, round((100 * total_exec_time / sum(total_exec_time) OVER ())::numeric, 1) AS share,
           rows::int, shared_blks_hit::int AS hit, shared_blks_read::int AS read, round(wal_bytes / 1e6, 1) AS wal_mb, wal_fpi::int AS page_images,
           regexp_replace(left(query, 150), '\\s+', ' ', 'g') AS query
         FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         ORDER BY total_exec_time DESC LIMIT $1`,
        [MOST],
      );
      for (const one of all) say({ bench, statement: one });
    },
  };
}
