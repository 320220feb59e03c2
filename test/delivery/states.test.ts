// The states of a delivery: every change that a varied history makes is one of the table's, and each of the table's is made.
import { expect, test } from "vitest";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { attention, replay } from "../../app/delivery/ledger/attention.ts";
import { DELIVERY_STATES, TRANSITIONS } from "../../app/delivery/states.ts";
import { PRODUCTS } from "../../sandbox/shop/catalogue.ts";
import {
  cartCreated,
  cartUpdated,
  customerUpdated,
  newBasket,
  newOrder,
  orderCreated,
  refundCreated,
  someBuyer,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { DAY, HOUR, openTrade, type Trade } from "../support/trade.ts";

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

const turn = async ({ road }: Trade, state: "on" | "paused" | "off") => {
  const [row] = await road.db.query<{ id: string }>("SELECT id FROM connection");
  await switchConnection(road, SANDBOX_SHOP, row?.id ?? "", state);
};
const order = (trip: Trade) => trip.take(orderCreated(trip.order()));
const replayAll = async ({ road }: Trade) => {
  for (const group of await attention(road, SANDBOX_SHOP)) await replay(road, SANDBOX_SHOP, group);
};
const reset = () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
};

const buyer = someBuyer();
let seconds = 0;
/** The next state of one customer. */
const customer = (trip: Trade) => {
  seconds += 1;
  const { topic, payload } = customerUpdated({ ...buyer, email: `buyer${seconds}@example.com` });
  const at = new Date(trip.road.clock().getTime() + seconds * 1_000);
  return trip.take({ topic, payload: { ...(payload as object), updated_at: at.toISOString() } });
};

const linesOf = (place: number) =>
  PRODUCTS.slice(place, place + 1).flatMap((product) =>
    product.variants.slice(0, 1).map((variant) => ({ product, variant, quantity: 1 })),
  );

/** What can become of deliveries, each at one vendor. */
const HISTORY: [string, Slug, (trip: Trade) => Promise<void>][] = [
  [
    "an order arrives, and a test order is left out",
    "tolinku",
    async (trip) => {
      await order(trip);
      await trip.take(orderCreated({ ...newOrder({}), test: true }));
      await trip.runToTheEnd();
    },
  ],
  [
    "a refund whose purchase comes too late is owed when it comes",
    "tolinku",
    async (trip) => {
      const bought = trip.order();
      await trip.take(refundCreated(bought));
      await trip.run();
      trip.forward(2 * HOUR);
      await trip.run();
      await trip.take(orderCreated(bought));
      await trip.runToTheEnd();
    },
  ],
  [
    "states wait in a pause while newer ones come, the last runs out, twice, and is followed by another",
    "shopimind",
    async (trip) => {
      await turn(trip, "paused");
      await customer(trip);
      await trip.run();
      await customer(trip);
      await customer(trip);
      await trip.run();
      trip.forward(4 * DAY);
      await trip.run();
      await replayAll(trip);
      trip.forward(4 * DAY);
      await trip.run();
      await customer(trip);
      await trip.run();
    },
  ],
  [
    "what was refused is sent again, refused again, and followed by a newer state",
    "shopimind",
    async (trip) => {
      const no = (init?: RequestInit) => init?.method === "POST" && String(init.body).includes("@example.com");
      trip.road.fetch = async (url, init) =>
        no(init)
          ? Response.json({ message: "400", rejected_items: [{ index: 0, error: "no" }] }, { status: 400 })
          : fetch(url, init);
      await customer(trip);
      await trip.runToTheEnd();
      await replayAll(trip);
      await trip.runToTheEnd();
      trip.road.fetch = fetch;
      await customer(trip);
      await trip.runToTheEnd();
    },
  ],
  [
    "what is in doubt is switched off, sent again, switched off again, and followed by a newer state",
    "shopimind",
    async (trip) => {
      trip.road.fetch = async (url, init) => (String(url).endsWith("/customers") ? reset() : fetch(url, init));
      await customer(trip);
      await trip.run();
      await turn(trip, "off");
      await turn(trip, "on");
      await replayAll(trip);
      await trip.run();
      await turn(trip, "off");
      await turn(trip, "on");
      await customer(trip);
      await trip.run();
    },
  ],
  [
    "what something in between refuses several times waits in a pause",
    "tolinku",
    async (trip) => {
      trip.road.fetch = async () => new Response(null, { status: 403 });
      for (let count = 0; count < 5; count += 1) await order(trip);
      await trip.run();
    },
  ],
  ...(["delivered", "in doubt", "refused in part"] as const).map((answer): (typeof HISTORY)[number] => [
    `a request is under way when the connection is switched off, and is answered: ${answer}`,
    "tolinku",
    async (trip) => {
      const basket = { ...newBasket(), lines: linesOf(0) };
      await trip.take(cartCreated(basket, trip.road.clock()));
      await trip.run();
      trip.road.fetch = async (url, init) => {
        await turn(trip, "off");
        if (answer === "in doubt") return reset();
        if (answer === "delivered") return fetch(url, init);
        return Response.json({ ok: true, accepted: 2, errors: ["events[1]: no"] });
      };
      // One line for another: two messages of one delivery.
      trip.forward(1_000);
      await trip.take(cartUpdated({ ...basket, lines: linesOf(1) }, trip.road.clock()));
      await trip.run();
    },
  ]),
];

test("every change of state in a varied history is one of the table's, and each of the table's is made", async () => {
  const made = new Set<string>();
  for (const [what, slug, happens] of HISTORY) {
    const trip = await openTrade([slug]);
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
