// The states of a delivery: every change that a varied history makes is one of the table's, and each of the table's is made.
import { expect, test } from "vitest";
import { DELIVERY_STATES, TRANSITIONS } from "../../app/delivery/states.ts";
import { HISTORY, order } from "../support/fates.ts";
import { openTrade, type Trade } from "../support/trade.ts";

type Change = { was: string | null; now: string };
const named = ({ was, now }: Change) => `${was ?? "new"} → ${now}`;
const TABLE = Object.values(TRANSITIONS).flatMap(({ from, to }) =>
  from.flatMap((was) => to.map((now) => named({ was, now }))),
);

/** From now on whatever changes a state is written down, by the database itself. */
async function watch({ database: { db } }: Trade): Promise<void> {
  await db.query("CREATE TABLE change_of_state (was text, now text)");
  await db.query(`CREATE FUNCTION note_change_of_state() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO change_of_state VALUES (CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state);
      RETURN NULL;
    END $$`);
  await db.query(
    "CREATE TRIGGER note_change_of_state AFTER INSERT OR UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION note_change_of_state()",
  );
}

const changesOf = async ({ database: { db } }: Trade) =>
  (await db.query<Change>("SELECT DISTINCT was, now FROM change_of_state WHERE was IS DISTINCT FROM now")).map(named);

test("every change of state in a varied history is one of the table's, and each of the table's is made", async () => {
  const made = new Set<string>();
  for (const [what, slug, happens] of HISTORY) {
    const trip = await openTrade([slug], {}, undefined, { still: true });
    try {
      await watch(trip);
      await happens(trip);
      const changes = await changesOf(trip);
      expect({ what, strange: changes.filter((one) => !TABLE.includes(one)) }).toEqual({ what, strange: [] });
      for (const one of changes) made.add(one);
    } finally {
      await trip.close();
    }
  }
  expect(TABLE.filter((one) => !made.has(one))).toEqual([]);
});

test("a change that is not in the table is noticed", async () => {
  const trip = await openTrade(["tolinku"]);
  try {
    await watch(trip);
    await order(trip);
    await trip.run();
    await trip.database.db.query("UPDATE delivery SET state = 'due' WHERE state = 'delivered'");
    expect((await changesOf(trip)).filter((one) => !TABLE.includes(one))).toEqual(["delivered → due"]);
  } finally {
    await trip.close();
  }
});

test("the states' words are those that the database takes", async () => {
  const trip = await openTrade([]);
  try {
    const [check] = await trip.database.db.query<{ says: string }>(
      `SELECT pg_get_constraintdef(oid) AS says FROM pg_constraint
       WHERE conrelid = 'delivery'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%superseded%'`,
    );
    const taken = [...(check?.says ?? "").matchAll(/'([a-z]+)'/g)].map(([, word]) => word ?? "");
    expect(taken.toSorted()).toEqual([...DELIVERY_STATES].toSorted());
  } finally {
    await trip.close();
  }
});
