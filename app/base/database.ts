// The database: SQL on sets for the road, with time-outs so that a slow database is told apart from a slow answer.
import pg from "pg";

/** Runs one statement; rows come back as plain objects, bigint as text, timestamptz as Date. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}
export interface Database extends Sql {
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

export function openDatabase(url: string, options: { size: number; timeout?: number; name?: string }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size,
    connectionTimeoutMillis: options.timeout ?? 5_000,
    // When the connection starts, not by SET: behind a transaction-mode pooler that would change somebody else's connection.
    statement_timeout: options.timeout ?? 30_000,
    query_timeout: options.timeout ?? 35_000,
    keepAlive: true,
    application_name: options.name,
  });
  // An idle connection that breaks is replaced by the pool; the next query says so if the database is away.
  pool.on("error", () => {});
  return {
    query: (text, values) => run(pool, text, values),
    transaction: (work) => transaction(pool, work),
    end: () => pool.end(),
  };
}

const run = async <Row>(client: pg.Pool | pg.PoolClient, text: string, values?: unknown[]) =>
  (await client.query(text, values)).rows as Row[];

async function transaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two statements nobody else hears that the connection broke, and an error event without a listener ends the process.
  const breaks = (cause: Error) => {
    broken = cause;
  };
  client.on("error", breaks);
  try {
    await client.query("BEGIN");
    const result = await work({ query: (text, values) => run(client, text, values) });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
}
