// The database: SQL on sets for the road, with time-outs so that a slow database is told apart from a slow answer.
import pg from "pg";
import type { Statement } from "./statement.ts";

/** Runs one statement; rows come back as plain objects, bigint as text, timestamptz as Date. Plain text is for tests and the like. */
export interface Sql {
  query<Row = Record<string, unknown>, Values extends unknown[] = unknown[]>(
    what: string | Statement<Row, Values>,
    values?: NoInfer<Values>,
  ): Promise<Row[]>;
}
export interface Database extends Sql {
  /**
   * Commits when `work` resolves, rolls back when it throws. Statements that do not wait for one another leave together, and are
   * done in the order in which they were given; where one fails, so do those behind it, and its error is the one that is thrown.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

interface Options {
  size: number;
  /** Milliseconds. */
  timeout?: number;
  name?: string;
  /** All connections are opened at once and kept while they idle: where there are few, nobody else takes them. */
  kept?: boolean;
  /** Off behind a pooler that gives each transaction another connection and does not know prepared statements. */
  prepare?: boolean;
  /** For programs whose statements all know which few rows they are about. */
  byIndex?: boolean;
}

// A prepared statement keeps the plan of its first calls: one made while a table was small reads all of it when it is large. It is
// planned once: where PostgreSQL thinks that its values matter, planning it again and again takes longer than running it.
const BY_INDEX = "-c enable_seqscan=off -c enable_memoize=off -c jit=off -c plan_cache_mode=force_generic_plan";

export function openDatabase(url: string, options: Options): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size,
    connectionTimeoutMillis: options.timeout ?? 5_000,
    // When the connection starts, not by SET: behind a transaction-mode pooler that would change somebody else's connection.
    statement_timeout: options.timeout ?? 30_000,
    query_timeout: options.timeout ?? 35_000,
    pipeline: true,
    keepAlive: true,
    application_name: options.name,
    ...(options.byIndex && options.prepare !== false ? { options: BY_INDEX } : {}),
    ...(options.kept ? { idleTimeoutMillis: 0 } : {}),
  });
  // An idle connection that breaks is replaced by the pool; the next query says so if the database is away.
  pool.on("error", () => {});
  if (options.kept) void openAll(pool, options.size);
  const { prepare = true } = options;
  return {
    query: (what, values) => run(pool, prepare, what, values),
    transaction: (work) => transaction(pool, prepare, work),
    end: () => pool.end(),
  };
}

async function run<Row, Values extends unknown[]>(
  client: pg.Pool | pg.PoolClient,
  prepare: boolean,
  what: string | Statement<Row, Values>,
  values?: unknown[],
): Promise<Row[]> {
  const { text, name } = typeof what === "string" ? { text: what } : what;
  return (await client.query(prepare ? { text, name, values } : { text, values })).rows;
}

/** One that cannot be had now is opened when it is needed: the query then says what is the matter. */
async function openAll(pool: pg.Pool, size: number): Promise<void> {
  const opened = await Promise.allSettled(Array.from({ length: size }, () => pool.connect()));
  for (const one of opened) if (one.status === "fulfilled") one.value.release();
}

async function transaction<T>(pool: pg.Pool, prepare: boolean, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two statements nobody else hears that the connection broke, and an error event without a listener ends the process.
  const breaks = (cause: Error) => {
    broken = cause;
  };
  client.on("error", breaks);
  let [over, first] = [false, null as unknown];
  const query: Sql["query"] = async (what, values) => {
    if (over) throw new Error("a statement came after the end of its transaction");
    return run(client, prepare, what, values).catch((error: unknown) => {
      first ??= error;
      throw error;
    });
  };
  try {
    const begun = client.query("BEGIN");
    begun.catch(() => {}); // what leaves with it fails too
    const result = await work({ query });
    over = true;
    await begun;
    await client.query("COMMIT");
    return result;
  } catch (error) {
    over = true;
    const cause = first ?? error;
    if (isOutdated(cause)) broken = cause;
    await client.query("ROLLBACK").catch((failed: Error) => {
      broken = failed;
    });
    throw cause;
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
}

/** A migration changed what a statement answers that this connection had prepared before: it would fail here for ever. */
const isOutdated = (error: unknown): error is Error => error instanceof pg.DatabaseError && error.code === "0A000";
