// The migrations make what prisma/schema.prisma says, and what prisma/by-hand.txt says beside it; nothing more, nothing less.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { catalogOf } from "../support/catalog.ts";
import { emptyDatabase, freshDatabase, type TestDatabase } from "../support/database.ts";

const root = resolve(import.meta.dirname, "../..");

let modelled: TestDatabase;
beforeAll(async () => {
  modelled = await emptyDatabase();
  await modelled.db.query(await scriptOfSchema(modelled.url));
});
afterAll(() => modelled?.drop());

let migrated: TestDatabase;
beforeEach(async () => {
  migrated = await freshDatabase();
});
afterEach(() => migrated?.drop());

async function scriptOfSchema(databaseUrl: string): Promise<string> {
  const prisma = join(root, "node_modules/prisma/build/index.js");
  const schema = join(root, "prisma/schema.prisma");
  const diff = ["migrate", "diff", "--from-empty", "--to-schema-datamodel", schema, "--script"];
  // An engine that is named is not looked for; this question needs none.
  const offline = { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1", PRISMA_QUERY_ENGINE_LIBRARY: schema };
  const env = { ...process.env, ...offline, DATABASE_URL: databaseUrl };
  return (await promisify(execFile)(process.execPath, [prisma, ...diff], { cwd: root, env })).stdout;
}

/** "+": the migrations make it and the schema cannot say it; "-": the schema says it, and the migrations make it otherwise. */
async function byHand(): Promise<string[]> {
  const is = await catalogOf(migrated.db);
  const said = await catalogOf(modelled.db);
  const more = is.filter((line) => !said.includes(line)).map((line) => `+ ${line}`);
  const otherwise = said.filter((line) => !is.includes(line)).map((line) => `- ${line}`);
  return [...more, ...otherwise];
}

test("a migrated database is what the schema says and what is listed as written by hand", async () => {
  const listed = readFileSync(join(root, "prisma/by-hand.txt"), "utf8")
    .split("\n")
    .filter((line) => /^[+-] /.test(line));
  const found = await byHand();
  expect({
    "is there, and neither names it": found.filter((line) => !listed.includes(line)),
    "is named, and not there": listed.filter((line) => !found.includes(line)),
  }).toEqual({ "is there, and neither names it": [], "is named, and not there": [] });
});

test.each([
  ["CREATE INDEX strange ON delivery (worth)", "+ index CREATE INDEX strange ON delivery USING btree (worth)"],
  ["ALTER TABLE lane ALTER COLUMN epoch DROP NOT NULL", "+ column lane.epoch bigint default 0"],
  [
    "ALTER TABLE alert ALTER COLUMN post_attempts DROP DEFAULT",
    "- column alert.post_attempts integer not null default 0",
  ],
  ["CREATE TABLE loose (id bigint PRIMARY KEY)", "+ constraint loose.loose_pkey PRIMARY KEY (id)"],
  ["ALTER TABLE shop DROP COLUMN facts", "- column shop.facts jsonb"],
  ["DROP INDEX lane_wake_at_idx", "- index CREATE INDEX lane_wake_at_idx ON lane USING btree (wake_at)"],
])("it notices %s", async (change, line) => {
  const before = await byHand();
  await migrated.db.query(change);
  expect(before).not.toContain(line);
  expect(await byHand()).toContain(line);
});

test.each([
  ["ALTER TABLE alert DROP CONSTRAINT alert_kind_check", /^\+ constraint alert\.alert_kind_check /],
  ["DROP TRIGGER delivery_count_update ON delivery", /^\+ trigger .* delivery_count_update /],
  ["DROP FUNCTION delivery_next_due(uuid)", /^\+ function delivery_next_due\(uuid\)/],
  ["ALTER TABLE attempt ALTER COLUMN deliveries DROP NOT NULL", /^\+ column attempt\.deliveries bigint\[\] not null/],
])("and %s", async (change, line) => {
  const before = await byHand();
  await migrated.db.query(change);
  expect(before).toContainEqual(expect.stringMatching(line));
  expect(await byHand()).not.toContainEqual(expect.stringMatching(line));
});
