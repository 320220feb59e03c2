// What statements read, in blocks of the database: it tells a plan that reads too much, on a machine of any speed.
import type { Database, Sql } from "../../app/base/database.ts";
import { textOf } from "./database.ts";

interface Plan {
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
}

/** @returns how many blocks the statements of `work` read in all; what they write is undone. */
export async function blocksRead(db: Database, work: (db: Database) => Promise<unknown>): Promise<number> {
  let blocks = 0;
  const undone = new Error("undone");
  const counting = (sql: Sql): Database => ({
    transaction: (inner) => inner(counting(sql)),
    end: async () => {},
    async query<Row>(what: string | { text: string }, values?: unknown[]) {
      const text = textOf(what);
      await sql.query("SAVEPOINT before");
      const [row] = await sql.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
        values,
      );
      await sql.query("ROLLBACK TO SAVEPOINT before");
      const plan = row?.["QUERY PLAN"][0].Plan;
      blocks += (plan?.["Shared Hit Blocks"] ?? 0) + (plan?.["Shared Read Blocks"] ?? 0);
      return sql.query<Row>(text, values);
    },
  });
  await db
    .transaction(async (sql) => {
      await work(counting(sql));
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return blocks;
}
