// Of a person every field of every webhook and of the pixel is marked; erased by whatever they are known by, no mark is left in the database.
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BEFORE_ALL, NO_PERSON, PLACES } from "../../app/delivery/erasure/places.ts";
import { SNAPSHOTS } from "../../app/delivery/erasure/snapshots.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { unpack } from "../../app/delivery/proof/sent.ts";
import { because } from "../../app/delivery/reasons.ts";
import { destinations } from "../../app/destinations/index.ts";
import { topics } from "../../app/events/read.ts";
import { type Bells, openBells } from "../../app/programs/queue.ts";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { freshDatabase } from "../support/database.ts";
import { lifeOf, PIXEL, type Told } from "../support/marked-life.ts";
import { type Marked, markedPerson } from "../support/marks.ts";
import { openPixelServer, type PixelServer } from "../support/pixel.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

let trip: TestRoad;
let door: PixelServer;
let bells: Bells;
beforeEach(async () => {
  const database = await freshDatabase();
  bells = await openBells({
    databaseUrl: database.url,
    destinations: destinations.map(({ slug }) => slug),
    connections: 3,
  });
  trip = await openTestRoad({ bell: bells.bell, db: database.db }, database);
  door = await openPixelServer(trip);
});
afterEach(async () => {
  await bells.close();
  await door.close();
  await trip.close();
});

async function tell({ topic, body }: Told): Promise<void> {
  if (topic === PIXEL) {
    expect((await door.post(body)).status).toBe(204);
    return;
  }
  const text = JSON.stringify(body);
  const response = await fetch(`${door.url}/webhooks`, {
    method: "POST",
    body: text,
    headers: signWebhook({ topic, body: text }),
  });
  expect(response.status).toBe(200);
}

/** Every row of every table of every schema; bytes as text, what is compressed opened. */
async function dump(): Promise<string> {
  const tables = await trip.database.db.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await trip.database.db.query(`SELECT * FROM ${name}`);
    texts.push(...rows.map((row) => `${name} ${JSON.stringify(row, (_, value) => opened(value))}`));
  }
  return texts.join("\n").toLowerCase();
}

function opened(value: unknown): unknown {
  const given = value as { type?: string; data?: number[] } | null;
  if (given?.type !== "Buffer" || !given.data) return value;
  const bytes = Buffer.from(given.data);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString() : unpack(bytes);
}

/** Each with the rows where it stands. */
const standing = (text: string, marks: string[]) => {
  const rows = text.split("\n");
  return marks.flatMap((mark) =>
    rows.filter((row) => row.includes(mark.toLowerCase())).map((row) => `${mark} in ${row.slice(0, 300)}`),
  );
};
const allOf = ({ marks, email, phones }: Marked) => [...marks, email, encodeURIComponent(email), ...phones];

const merged = (kept: number, gone: number): Told => ({
  topic: "customers/merge",
  body: {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    status: "completed",
  },
});

/** The person, a customer who became them, one whom they became, and somebody else: each lives, all that is due is sent. */
async function live() {
  const person = markedPerson("qqperson", 6_401_000_700_001, "302312991");
  const before = markedPerson("qqbefore", 6_401_000_700_002, "402312992");
  const after = markedPerson("qqafter", 6_401_000_700_003, "502312993");
  const other = markedPerson("zzother", 6_401_000_700_004, "602312994");
  const all = [person, before, after, other];
  for (const [n, who] of all.entries()) for (const one of lifeOf(n + 1, who)) await tell(one);
  await tell(merged(person.customerId, before.customerId));
  await tell(merged(after.customerId, person.customerId));
  await trip.run();
  await replay(trip.road, SANDBOX_SHOP, { ids: [`of ${person.email}`] });
  const [connection] = await trip.road.db.query<{ id: string }>("SELECT id FROM connection LIMIT 1");
  await replay(trip.road, SANDBOX_SHOP, {
    ...{ connectionId: connection?.id ?? "", state: "refused" },
    reason: because("as_told", {
      words: `the vendor does not like ${person.marks.find((mark) => mark.includes("last_name".replace("_", "")))}`,
    }),
  });
  await trip.run();
  return { person, before, after, other };
}

const BY: Record<string, (who: Marked) => Parameters<typeof forgetCustomer>[2]> = {
  id: ({ customerId }) => String(customerId),
  "e-mail": ({ email }) => ({ email: email.toUpperCase() }),
  phone: ({ phones }) => ({ phone: phones[0] }),
  "phone as it is dialled at home": ({ phones }) => ({ phone: phones[1] }),
  "phone with zeros in place of the plus": ({ phones }) => ({ phone: phones[2] }),
};

describe.each(Object.keys(BY))("erased by %s", (by) => {
  test("no mark is left, and somebody else keeps all of theirs", async () => {
    const { person, before, after, other } = await live();
    const full = await dump();
    const theirs = allOf(other).filter((mark) => full.includes(mark.toLowerCase()));
    expect(theirs.length).toBeGreaterThan(100);
    for (const who of [person, before, after]) expect(standing(full, allOf(who)).length).toBeGreaterThan(100);
    await forgetCustomer(trip.road, SANDBOX_SHOP, BY[by]?.(person) ?? "");
    const left = await dump();
    for (const who of [person, before, after]) expect(standing(left, allOf(who))).toEqual([]);
    expect(theirs.filter((mark) => !left.includes(mark.toLowerCase()))).toEqual([]);
  });
});

test("the marked life has every topic, and every kind of snapshot is decided", async () => {
  const { person } = await live();
  const told = new Set(lifeOf(9, person).map(({ topic }) => topic));
  const impersonal =
    /^(products|collections|shop|app|bulk_operations)\/|^(customers|checkouts|orders)\/(delete|merge)$/;
  expect(topics.filter((topic) => !told.has(topic) && !impersonal.test(topic))).toEqual([]);
  const kinds = await trip.road.db.query<{ kind: string }>("SELECT DISTINCT kind FROM snapshot");
  expect(kinds.map(({ kind }) => kind).filter((kind) => !SNAPSHOTS.includes(kind))).toEqual([]);
});

test("every column that can hold a text is decided: it holds no person, or is erased", async () => {
  const columns = await trip.database.db.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'bullmq')
       AND data_type NOT IN ('bigint', 'integer', 'smallint', 'boolean', 'numeric', 'uuid', 'double precision', 'real',
         'timestamp with time zone', 'timestamp without time zone', 'date')`,
  );
  const decided = [
    ...[BEFORE_ALL, ...PLACES].flatMap(({ columns }) => columns),
    ...Object.entries(NO_PERSON).flatMap(([table, { columns }]) =>
      columns.split(" ").map((column) => `${table}.${column}`),
    ),
  ];
  expect(decided.toSorted()).toEqual(columns.map(({ table, column }) => `${table}.${column}`).toSorted());
  expect(new Set(decided).size).toBe(decided.length);
});
