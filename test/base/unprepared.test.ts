// DATABASE_PREPARE=off: behind a pooler whose one connection is everybody's and keeps no statement, all is answered.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../app/base/database.ts";
import { statement } from "../../app/base/statement.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { openPooler } from "../support/pooler.ts";

const DOUBLE = statement<{ twice: number }, [number: number]>("a-test-doubles")`SELECT 2 * $1::int AS twice`;

let database: TestDatabase;
let pooler: Awaited<ReturnType<typeof openPooler>>;
let opened: Database[];
beforeEach(async () => {
  database = await freshDatabase();
  pooler = await openPooler(database.url);
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((one) => one.end()));
  await pooler.close();
  await database.drop();
});
function open(prepare: boolean): Database {
  const one = openDatabase(pooler.url, { size: 1, prepare });
  opened.push(one);
  return one;
}
const double = async (sql: Pick<Database, "query">, number: number) => (await sql.query(DOUBLE, [number]))[0]?.twice;

test("two clients that share a connection run the same statement again and again, alone and in transactions", async () => {
  const [one, other] = [open(false), open(false)];
  for (let n = 1; n <= 3; n += 1) {
    expect(await Promise.all([double(one, n), double(other, n + 10)])).toEqual([2 * n, 2 * (n + 10)]);
    for (const db of [one, other])
      expect(await db.transaction(async (sql) => [await double(sql, n), await double(sql, -n)])).toEqual([
        2 * n,
        -2 * n,
      ]);
  }
});

test("there, what is prepared by name is gone when it is used again", async () => {
  const db = open(true);
  expect(await double(db, 1)).toBe(2);
  await expect(double(db, 2)).rejects.toThrow("does not exist");
});
