// Statements that know which few rows they are about: the plan that a connection keeps of them never reads a whole table.
import type { Database, Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";

const WITHOUT = statement<{ set: string }, [ways: string[]]>("plan-without")`
  SELECT set_config('enable_' || way, 'off', true) AS set
  FROM unnest($1::text[]) AS way`;

/** Where rows are wanted in the order of an index, a few of many: nothing else will do. */
export const IN_ORDER = ["seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"];

/**
 * A plan that was made while a table was small, or was never analyzed, would read or sort all of it.
 * @param without the planner's ways that are closed in this transaction.
 */
export const byIndex = <T>(db: Database, work: (sql: Sql) => Promise<T>, without = ["seqscan"]): Promise<T> =>
  db.transaction(async (sql) => {
    const closed = sql.query(WITHOUT, [without]);
    const [result] = await Promise.all([work(sql), closed]);
    return result;
  });
