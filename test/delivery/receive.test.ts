// The commit that webhooks share: one that cannot be stored fails alone, and many large ones do not make one giant statement.
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { type Arrival, openReceiver } from "../../app/delivery/receive.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

/** Milliseconds in which megabytes may be stored. */
const A_SLOW_MACHINE = 60_000;

let database: TestDatabase;
let statements: unknown[][];
let receive: ReturnType<typeof openReceiver>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.query("DELETE FROM webhook");
  statements = [];
  const noted: Database = {
    ...database.db,
    query: (what, values) => {
      statements.push(values ?? []);
      return database.db.query(what, values);
    },
  };
  receive = openReceiver(noted, A_SLOW_MACHINE);
});

const arrival = (change: Partial<Arrival> = {}): Arrival => ({
  shop: SANDBOX_SHOP,
  topic: "orders/create",
  webhookId: randomUUID(),
  eventId: null,
  apiVersion: null,
  triggeredAt: null,
  body: Buffer.from("{}"),
  ...change,
});
/** More than an index of PostgreSQL takes, also compressed. */
const TOO_LONG = randomBytes(6_000).toString("base64");

test.each<[string, Partial<Arrival>]>([
  ["an id that no index takes", { webhookId: TOO_LONG }],
  ["a time that is none", { triggeredAt: "+099999-01-01T00:00:00.000Z" }],
])("a webhook with %s is refused alone, and those that share its commit are committed", async (_what, change) => {
  const all = [arrival(), arrival(), arrival(), arrival(change), arrival(), arrival()];
  const said = await Promise.allSettled(all.map(receive));
  expect(said.map(({ status }) => status)).toEqual(all.map((one) => (one === all[3] ? "rejected" : "fulfilled")));
  const rows = await database.db.query<{ webhook_id: string }>("SELECT webhook_id FROM webhook");
  expect(new Set(rows.map(({ webhook_id }) => webhook_id))).toEqual(
    new Set(all.filter((one) => one !== all[3]).map(({ webhookId }) => webhookId)),
  );
});

test("the bodies of a shared commit are 8 MB at most, one that is larger goes alone, and each is stored as it came", async () => {
  const sizes = [0, 1, 3_000_000, 4_000_000, 2_000_000, 9_000_000, 0, 5_000_000, 3_000_000, 3_000_000, 7];
  const all = sizes.map((size) => arrival({ body: randomBytes(size) }));
  await Promise.all(all.map(receive));
  const bodies = statements.map((values) => values.flatMap((value) => (Buffer.isBuffer(value) ? value.length : [])));
  expect(bodies.flat().length).toBe(statements.length);
  expect(bodies.flat().filter((size) => size > 8 * 1024 * 1024)).toEqual([9_000_000]);
  expect(statements.length).toBeLessThan(all.length);
  const rows = await database.db.query<{ webhook_id: string; body: Buffer }>("SELECT webhook_id, body FROM webhook");
  const stored = new Map(rows.map(({ webhook_id, body }) => [webhook_id, body]));
  expect(all.filter(({ webhookId, body }) => !stored.get(webhookId)?.equals(body))).toEqual([]);
});

test("those that come while a commit is under way share the next", async () => {
  await Promise.all(Array.from({ length: 20 }, () => receive(arrival())));
  expect(statements).toHaveLength(2);
  expect(await database.db.query("SELECT 1 FROM webhook")).toHaveLength(20);
});

test("one commit that hangs holds up no other", async () => {
  const first = Promise.withResolvers<never>();
  let asked = 0;
  const once: Database = {
    ...database.db,
    query: (what, values) => (++asked === 1 ? first.promise : database.db.query(what, values)),
  };
  const beside = openReceiver(once, A_SLOW_MACHINE);
  const hung = beside(arrival());
  await Promise.all([beside(arrival()), beside(arrival())]);
  expect(await database.db.query("SELECT 1 FROM webhook")).toHaveLength(2);
  first.reject(new Error("gone"));
  await expect(hung).rejects.toThrow("gone");
});

test("what a database that hangs has not committed in time is given up, be it under way or waiting", async () => {
  const hung = openReceiver({ ...database.db, query: () => new Promise(() => {}) }, 50);
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => hung(arrival())));
  const late = { status: "rejected", reason: new Error("the database did not commit the webhook in time") };
  expect(all).toEqual(Array.from({ length: 5 }, () => late));
});
