// A database of its own for each test: a copy of the migrated template, made in some milliseconds.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Database, openDatabase, type Sql } from "../../app/base/database.ts";

export interface TestDatabase {
  url: string;
  db: Database;
  drop(): Promise<void>;
}

/** @throws where there is no PostgreSQL to test on. */
export const freshDatabase = (): Promise<TestDatabase> => copyOf("template_switchyard");

/** Without any table. */
export const emptyDatabase = (): Promise<TestDatabase> => copyOf("template0");

async function copyOf(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  const db = withoutNesting(openDatabase(url.href, { size: 10 }));
  return {
    url: url.href,
    db,
    async drop() {
      await db.end();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

const within = new AsyncLocalStorage<{ works: boolean }>();
/** As another process would that has nothing to do with the transaction in which a test calls it. */
export const elsewhere = <T>(work: () => T): T => within.exit(work);

/**
 * Who holds one connection and waits for a second waits for ever once enough others do the same: within a transaction
 * only its own may be asked. One that only holds a lock while others do the work is not one of many.
 */
function withoutNesting(db: Database): Database {
  const mayBegin = () => {
    if (within.getStore()?.works) throw new Error("a transaction waits for a second connection");
  };
  return {
    async query(what, values) {
      mayBegin();
      return db.query(what, values);
    },
    async transaction(work) {
      mayBegin();
      const its = { works: false };
      const noted = ({ query }: Sql): Sql => ({
        query: (what, values) => {
          its.works ||= !/pg_(try_)?advisory_xact_lock/.test(textOf(what));
          return query(what, values);
        },
      });
      return db.transaction((sql) => within.run(its, () => work(noted(sql))));
    },
    end: () => db.end(),
  };
}

/** The SQL of what a test sees go by. */
export const textOf = (what: string | { text: string }): string => (typeof what === "string" ? what : what.text);

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("There is no PostgreSQL to test on: run the tests with `npm test`, which starts one.");
  return url;
}

/** OBJECT_IN_USE: another copy of the template is being made just now. */
const BUSY = "55006";

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== BUSY || tries === 50) throw error;
        await sleep(50);
      }
    }
  } finally {
    await client.end();
  }
}
