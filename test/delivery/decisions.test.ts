// What a person decides for very many deliveries is done in steps, goes on after a crash, touches nothing twice and is written down.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { attention, attentionOf, attentionPage, inAll } from "../../app/delivery/ledger/attention.ts";
import { begin, goOnDeciding, STEP } from "../../app/delivery/ledger/decide.ts";
import { dismissed } from "../../app/delivery/ledger/dismissed.ts";
import { syncState } from "../../app/delivery/ledger/ledger.ts";
import { membersOf } from "../../app/delivery/ledger/members.ts";
import { replays, underWay } from "../../app/delivery/ledger/replays.ts";
import { openDeciding } from "../../app/programs/deciding.ts";
import { staffNames } from "../../app/shopify/staff.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const MANY = 2 * STEP + 200;

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());
const query = <Row>(sql: string, values: unknown[] = []) => trip.road.db.query<Row>(sql, values);
const never = new AbortController().signal;
const count = async (which: string) => {
  const [row] = await query<{ n: number }>(`SELECT count(*)::int AS n FROM delivery WHERE ${which}`);
  return row?.n ?? 0;
};

/** One real refused purchase at alana, and copies of it: each an order of its own. */
async function lose(many: number, words = "'400 no such product'"): Promise<void> {
  trip.vendors.misbehave("alana", "lost", 1);
  const { topic, payload } = orderCreated(newOrder({ clickId: null, at: trip.road.clock() }));
  await trip.hear(topic, payload);
  await trip.run();
  await query("DELETE FROM delivery WHERE destination <> 'alana'");
  await query(
    `INSERT INTO event (shop, key, kind, subject, occurred_at, data)
     SELECT shop, key || n, kind, 'order:' || n, occurred_at, data FROM event, generate_series(1, $1) n WHERE kind = 'order.placed'`,
    [many - 1],
  );
  await query(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, reason_code, reason_values,
       subject, occurred_at, due_at, deadline_at, worth, currency, settled_at)
     SELECT d.shop, d.destination, d.account, sha256(e.key::bytea), d.connection_id, e.id, d.kind, 'refused', 'vendor_said',
       jsonb_build_object('words', ${words}), e.subject, d.occurred_at, d.due_at, d.deadline_at, d.worth, d.currency, now()
     FROM delivery d CROSS JOIN event e WHERE e.subject LIKE 'order:%' AND length(e.subject) < 12`,
  );
  await query("DELETE FROM delivery WHERE state <> 'refused'");
}
async function theGroup() {
  const [group] = await attention(trip.road, SANDBOX_SHOP);
  if (!group) throw new Error("nothing needs a person");
  return group;
}

test("a group is sent again step by step: a process that dies in between loses nothing, and whoever goes on touches none twice", async () => {
  await lose(MANY);
  const { connectionId, state, reason, count: all } = await theGroup();
  expect(all).toBe(MANY - 1);
  const which = { connectionId, state, reason };
  const begun = await begin(trip.road, SANDBOX_SHOP, { what: "replay", which, by: "42" }, all);
  expect(begun).toMatchObject({ count: STEP, total: all, ended: false });
  expect(await underWay(trip.road, SANDBOX_SHOP)).toMatchObject([
    { looked: STEP, total: all, endedAt: null, by: "42" },
  ]);
  await query(`CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.looked > ${STEP} THEN RAISE 'the process dies here'; END IF; RETURN NEW; END $$`);
  await query("CREATE TRIGGER dies BEFORE UPDATE ON replay FOR EACH ROW EXECUTE FUNCTION dies()");
  await expect(goOnDeciding(trip.road, never)).rejects.toThrow("the process dies here");
  expect(await count("state = 'due'")).toBe(STEP);
  await query("DROP TRIGGER dies ON replay");
  await query(
    "UPDATE delivery SET state = 'refused', reason_code = 'vendor_said', reason_values = '{\"words\": \"400 no such product\"}' WHERE id = (SELECT min(id) FROM delivery)",
  );
  await Promise.all([goOnDeciding(trip.road, never), goOnDeciding(trip.road, never)]);
  expect(await count("state = 'due'")).toBe(MANY - 2);
  expect(await replays(trip.road, SANDBOX_SHOP)).toMatchObject([
    { what: "replay", by: "42", which, count: MANY - 1, total: MANY - 1, looked: MANY - 1, endedAt: expect.any(Date) },
  ]);
  expect(await goOnDeciding(trip.road, never)).toBe(0);
});

test("all that needs a person is dismissed at once, and taken back at once; what failed meanwhile is not meant", async () => {
  await lose(MANY, "'400 no such product ' || chr(97 + (e.id % 3)::int)");
  const before = await inAll(trip.road, SANDBOX_SHOP);
  expect(before.deliveries).toBe(MANY - 1);
  await begin(trip.road, SANDBOX_SHOP, { what: "dismiss", which: { all: true }, by: "42" }, before.deliveries);
  await query("UPDATE delivery SET id = id + 1000000 WHERE id = (SELECT max(id) FROM delivery)");
  await goOnDeciding(trip.road, never);
  expect(await inAll(trip.road, SANDBOX_SHOP)).toMatchObject({ deliveries: 1 });
  const [gone] = await dismissed(trip.road, SANDBOX_SHOP);
  expect(gone).toMatchObject({ by: "42", count: MANY - 2, connectionName: "alana.shopping", state: "refused" });
  const which = { dismissedAt: gone?.dismissedAt.toISOString() ?? "", by: "42" };
  await begin(trip.road, SANDBOX_SHOP, { what: "restore", which, by: "43" });
  await goOnDeciding(trip.road, never);
  expect(await inAll(trip.road, SANDBOX_SHOP)).toMatchObject({ deliveries: MANY - 1 });
  expect(await dismissed(trip.road, SANDBOX_SHOP)).toEqual([]);
  const log = (await replays(trip.road, SANDBOX_SHOP)).map(({ what, by, count }) => ({ what, by, count }));
  expect(log).toEqual([
    { what: "restore", by: "43", count: MANY - 2 },
    { what: "dismiss", by: "42", count: MANY - 2 },
  ]);
});

test("a decision that fails holds up no other, and another shop's are not touched", async () => {
  await lose(MANY);
  const { connectionId, state, reason } = await theGroup();
  const which = { connectionId, state, reason };
  expect(await begin(trip.road, "other.myshopify.com", { what: "dismiss", which, by: null })).toMatchObject({
    count: 0,
  });
  await begin(trip.road, SANDBOX_SHOP, { what: "dismiss", which, by: null });
  await begin(trip.road, SANDBOX_SHOP, { what: "dismiss", which: { all: true }, by: null });
  await query(
    'UPDATE replay SET which = \'{"dismissedAt": "never", "by": null}\' WHERE id = (SELECT min(id) FROM replay WHERE ended_at IS NULL)',
  );
  await expect(goOnDeciding(trip.road, never)).rejects.toThrow("never");
  expect(await inAll(trip.road, SANDBOX_SHOP)).toMatchObject({ deliveries: 0 });
});

test("a worker goes on by itself with what was begun elsewhere", async () => {
  await lose(MANY);
  await begin(trip.road, SANDBOX_SHOP, { what: "dismiss", which: { all: true }, by: null }, MANY - 1);
  const failures: Error[] = [];
  const stop = openDeciding(trip.road, { signal: never, failed: (error) => failures.push(error) });
  await vi.waitUntil(async () => (await underWay(trip.road, SANDBOX_SHOP)).length === 0, { timeout: 60_000 });
  await stop();
  expect(failures).toEqual([]);
  expect(await inAll(trip.road, SANDBOX_SHOP)).toMatchObject({ deliveries: 0 });
});

test("thousands of reasons and of orders come page by page, the largest group first, each read from an index", async () => {
  await lose(
    3_000,
    "'400 no ' || CASE WHEN e.id % 2 = 0 THEN 'such product' ELSE translate(e.id::text, '0123456789', 'abcdefghij') END",
  );
  const first = await attentionPage(trip.road, SANDBOX_SHOP);
  expect(first.groups[0]?.count).toBeGreaterThan(1_400);
  expect(first.groups.length).toBe(20);
  expect(first.all).toBeGreaterThan(1_400);
  const second = await attentionPage(trip.road, SANDBOX_SHOP, { skip: 20 });
  expect(new Set([...first.groups, ...second.groups].map(({ key }) => key)).size).toBe(40);
  const large = first.groups[0] ?? (await theGroup());
  const seen: string[] = [];
  for (let before: string | null = null; ; ) {
    const page = await membersOf(trip.road, SANDBOX_SHOP, large, before, 500);
    seen.push(...page.map(({ id }) => id));
    if (page.length < 500) break;
    before = page.at(-1)?.id ?? null;
  }
  expect(new Set(seen).size).toBe(large.count);
  const [alana] = (await syncState(trip.road, SANDBOX_SHOP)).filter(({ destination }) => destination === "alana");
  expect(alana?.attention).toBe((await inAll(trip.road, SANDBOX_SHOP)).deliveries);
  expect(await membersOf(trip.road, "other.myshopify.com", large, null, 500)).toEqual([]);
  expect(await membersOf(trip.road, SANDBOX_SHOP, { ...large, connectionId: "' OR 1=1" }, null, 500)).toEqual([]);
});

test("reasons that differ in a number within the vendor's words stand together, with one of them as it was told; by their status they do not", async () => {
  await lose(
    3_000,
    "CASE WHEN e.id % 3 = 0 THEN '404' ELSE '400' END || ' no order ' || e.id || ' (item ' || e.id % 7 || ')'",
  );
  const { groups, all } = await attentionPage(trip.road, SANDBOX_SHOP);
  expect([groups.length, all]).toEqual([2, 2]);
  expect(groups[0]?.count).toBeGreaterThan(1_900);
  const { connectionId, state, reason, key } = await theGroup();
  expect(reason?.values).toMatchObject({ words: expect.stringMatching(/^400 no order \d+ \(item \d\)$/) });
  const which = { connectionId, state, reason };
  expect(await attentionOf(trip.road, SANDBOX_SHOP, which)).toBe(groups[0]?.count);
  expect(await membersOf(trip.road, SANDBOX_SHOP, { connectionId, state, key }, null, 50)).toHaveLength(50);
  await begin(trip.road, SANDBOX_SHOP, { what: "dismiss", which, by: null }, groups[0]?.count);
  await goOnDeciding(trip.road, never);
  expect(await inAll(trip.road, SANDBOX_SHOP)).toMatchObject({ deliveries: groups[1]?.count });
});

test("a person has a name where Shopify's session knows it", async () => {
  await query(`INSERT INTO session (id, shop, state, "isOnline", "accessToken", "userId", "firstName", "lastName")
    VALUES ('online', '${SANDBOX_SHOP}', '', true, '', 42, 'Ada', 'Byron'), ('other', 'other.myshopify.com', '', true, '', 43, 'No', 'One')`);
  expect(await staffNames(trip.road, SANDBOX_SHOP)).toEqual({ 42: "Ada Byron" });
});

test("what was dismissed is counted by what is left of it, and what was all of it is called so", async () => {
  await lose(3);
  await begin(trip.road, SANDBOX_SHOP, { what: "dismiss", which: { all: true }, by: "42" });
  const [one] = await dismissed(trip.road, SANDBOX_SHOP);
  expect(one).toMatchObject({ count: 2, ofAll: true });
  await begin(trip.road, SANDBOX_SHOP, { what: "restore", which: { ids: [one?.sampleId ?? ""] }, by: "42" });
  expect(await dismissed(trip.road, SANDBOX_SHOP)).toMatchObject([{ count: 1 }]);
});
