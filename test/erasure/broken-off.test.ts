// An erasure that dies at any of its statements and requests is ended by the upkeep, or by whoever asks again; what is said meanwhile is told apart.
import { afterEach, beforeEach, expect, test } from "vitest";
import { goOnErasing } from "../../app/delivery/erasure/erase.ts";
import { erasures } from "../../app/delivery/erasure/record.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type End, openLife } from "../support/crash.ts";
import { textOf } from "../support/database.ts";
import { customer, order } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { checkout } from "../support/visits.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

/** A customer who also bought and left something as a guest: by e-mail once, by phone once. */
async function lives(n: number) {
  const [email, phone, mark] = [`mark${n}end@example.com`, `+4930${7_000_000 + n}`, `mark${n}end`];
  const own = { first_name: mark, last_name: mark, email, phone, default_address: null, addresses: [] };
  const person = customer({ id: 6_400_000_000_000 + n, ...own });
  const tokens = (name: string) => ({
    cart_token: `cart-${name}-${n}-end`,
    checkout_token: `checkout-${name}-${n}-end`,
  });
  const bought = {
    email: null,
    contact_email: null,
    customer: null,
    shipping_address: null,
    billing_address: null,
    note: mark,
  };
  await trip.hear("customers/create", person);
  await trip.hear(
    "orders/create",
    order({ ...bought, id: 5_500_000_000_000 + n, ...tokens("one"), customer: person, email }),
  );
  await trip.hear(
    "orders/create",
    order({ ...bought, id: 5_510_000_000_000 + n, ...tokens("two"), email, phone: `+4940${7_000_000 + n}` }),
  );
  await trip.hear(
    "checkouts/create",
    checkout({ token: `left-${n}-end`, cart_token: null, phone: phone.replace("+49", "0"), note: mark }),
  );
  await trip.run();
  return { id: String(person.id), marks: [mark, phone.slice(3), `40${7_000_000 + n}`] };
}

async function places(marks: string[]): Promise<string[]> {
  const tables = ["event", "snapshot", "delivery", "attempt", "erasure", "replay", "lane", "connection", "alert"];
  const found = await Promise.all([
    ...tables.map((table) =>
      trip.database.db.query<{ row: string }>(`SELECT left(t::text, 200) AS row FROM ${table} t WHERE t::text ~* $1`, [
        marks.join("|"),
      ]),
    ),
    trip.database.db.query<{ row: string }>("SELECT topic AS row FROM webhook WHERE encode(body, 'escape') ~* $1", [
      marks.join("|"),
    ]),
  ]);
  return found.flat().map(({ row }) => row);
}

async function die(id: string, end?: End): Promise<string[]> {
  const life = openLife(trip.database.db, end);
  const road: Road = { ...trip.road, db: life.db, fetch: life.fetch };
  await forgetCustomer(road, SANDBOX_SHOP, id).catch((error: unknown) => {
    if (!life.isOver()) throw error;
  });
  return life.points;
}

test("whatever statement or request it dies at, nothing of the person is left once it was taken up again", async () => {
  const whole = await die((await lives(1)).id);
  expect(whole.length).toBeGreaterThan(30);
  for (const point of whole.keys()) {
    const { id, marks } = await lives(point + 2);
    expect((await places(marks)).length).toBeGreaterThan(5);
    const when = point % 2 === 0 ? "before" : "after";
    await die(id, { point: point + 1, when });
    const recorded = await erasures(trip.road, SANDBOX_SHOP);
    // What was not written down is not begun: nothing of it is gone, and whoever asked saw it fail.
    if (!recorded.some(({ customerId }) => customerId === id) || point % 4 < 2)
      await forgetCustomer(trip.road, SANDBOX_SHOP, id);
    trip.forward(11 * 60_000);
    await goOnErasing(trip.road);
    expect({ at: `${when} ${point + 1}: ${whole[point]}`, left: await places(marks) }).toEqual({
      at: expect.anything(),
      left: [],
    });
  }
  expect((await erasures(trip.road, SANDBOX_SHOP)).filter(({ doneAt }) => !doneAt)).toEqual([]);
}, 300_000);

test("normalizers that run meanwhile bring nothing back, and what is heard after it is new and stays", async () => {
  const { id, marks } = await lives(1);
  const again = (n: number, note: string) =>
    trip.hear(
      "orders/create",
      order({
        id: 5_520_000_000_000 + n,
        name: `#${n}`,
        note,
        cart_token: null,
        checkout_token: null,
        email: "mark1end@example.com",
        customer: customer({
          id: Number(id),
          email: "mark1end@example.com",
          updated_at: `2026-11-21T18:00:${10 + n}+01:00`,
        }),
      }),
    );
  for (let n = 0; n < 30; n += 1) await again(n, "mark1end");
  let over = false;
  const others = Array.from({ length: 3 }, async () => {
    while (!over)
      if ((await normalize(trip.road, SANDBOX_SHOP, 3)) === "busy")
        await new Promise((resolve) => setTimeout(resolve, 5));
  });
  await forgetCustomer(trip.road, SANDBOX_SHOP, id);
  over = true;
  await Promise.all(others);
  expect(await places(marks)).toEqual([]);
  await again(99, "new");
  await trip.run();
  expect(await places(marks)).not.toEqual([]);
  expect(
    await trip.database.db.query(
      "SELECT 1 FROM event WHERE key = 'purchase:5520000000099' AND data #>> '{order,email}' = 'mark1end@example.com'",
    ),
  ).toHaveLength(1);
});

test("what was heard before and cannot be worked off yet is erased when it was, and until then the record does not say that it is done", async () => {
  const { id, marks } = await lives(1);
  await trip.hear(
    "customers/update",
    customer({ id: Number(id), first_name: "mark1end", updated_at: "2026-11-23T18:00:00+01:00" }),
  );
  // Another process is at the shop's webhooks all the while.
  const db: Road["db"] = {
    ...trip.road.db,
    transaction: (work) =>
      trip.road.db.transaction((sql) =>
        work({
          query: async (what, values) =>
            textOf(what).includes("pg_try_advisory") ? ([{ got: false }] as never) : sql.query(what, values),
        }),
      ),
  };
  await forgetCustomer({ ...trip.road, db }, SANDBOX_SHOP, id);
  expect(await erasures(trip.road, SANDBOX_SHOP)).toMatchObject([{ customerId: id, doneAt: null }]);
  await trip.run();
  expect(await places(marks)).not.toEqual([]);
  trip.forward(11 * 60_000);
  await goOnErasing(trip.road);
  expect(await places(marks)).toEqual([]);
  expect(await erasures(trip.road, SANDBOX_SHOP)).toMatchObject([{ customerId: id, doneAt: expect.any(Date) }]);
});
