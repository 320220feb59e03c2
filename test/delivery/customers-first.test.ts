// An order's customer goes first to a vendor that keeps customers, also where the vendor fails in between.
import { afterEach, expect, test } from "vitest";
import { customerUpdated, newOrder, orderCreated, someBuyer } from "../../sandbox/shop.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const no = () => Response.json({ statusCode: 500, message: "Oops" }, { status: 500 });
/** What ShopiMind took, in its order, and with `no` for the first requests that `fails` names. */
async function mind(fails: (path: string, body: string) => boolean) {
  trip = await openTrade(["shopimind"]);
  const took: { path: string; ids: string[] }[] = [];
  trip.road.fetch = async (url, init) => {
    const path = new URL(String(url)).pathname.replace(/.*\/v1\//, "");
    if (init?.method === "POST" && fails(path, String(init.body))) return no();
    const answer = await fetch(url, init);
    const items = init?.body ? JSON.parse(String(init.body)) : [];
    if (init?.method === "POST" && answer.ok && Array.isArray(items)) {
      took.push({ path, ids: items.map((item) => String(item.order_id ?? item.customer_id ?? "")) });
    }
    return answer;
  };
  return took;
}
const at = (took: { path: string; ids: string[] }[], path: string, id: unknown) =>
  took.findIndex((one) => one.path === path && one.ids.includes(String(id)));

test("however often the customer's own request fails before", async () => {
  const failures = new Map<string, number>();
  const took = await mind((path, body) => {
    const times = failures.get(body) ?? 0;
    failures.set(body, times + 1);
    return path === "customers" && times < 2;
  });
  for (let n = 0; n < 8; n += 1) {
    const order = newOrder({ buyer: { ...someBuyer(), id: 7_000_000 + n } });
    await trip.take(orderCreated(order));
    while (at(took, "orders", order.id) < 0) {
      await trip.run();
      trip.forward(50);
    }
    expect(at(took, "customers", order.customer?.id)).toBeGreaterThanOrEqual(0);
  }
});

test("when the vendor takes some customers of a batch and loses one, and the other orders do not wait for that one", async () => {
  const [slow, other] = [someBuyer(), someBuyer()];
  const one = newOrder({ buyer: slow });
  const two = newOrder({ buyer: { ...other, id: slow.id + 1 } });
  let ill = true;
  const took = await mind((path, body) => ill && path === "customers" && body.includes(`"${slow.id}"`));
  await trip.take(orderCreated(two));
  await trip.run();
  await trip.take(orderCreated(one));
  await trip.take(customerUpdated({ ...other, id: slow.id + 1 }));
  for (let turn = 0; turn < 10; turn += 1) {
    await trip.run();
    trip.forward(1_000);
  }
  expect(at(took, "orders", two.id)).toBeGreaterThan(0);
  expect(at(took, "orders", one.id)).toBe(-1);
  ill = false;
  await trip.runToTheEnd();
  expect(at(took, "orders", one.id)).toBeGreaterThan(at(took, "customers", slow.id));
});

test("in the same run, also where a run looks first for what waits longest", async () => {
  const took = await mind(() => false);
  // One run of ten looks so.
  for (let n = 0; n < 10; n += 1) {
    const order = newOrder({ buyer: { ...someBuyer(), id: 8_000_000 + n } });
    await trip.take(orderCreated(order));
    await trip.run();
    expect(at(took, "orders", order.id)).toBeGreaterThan(at(took, "customers", order.customer?.id));
    expect(at(took, "customers", order.customer?.id)).toBeGreaterThanOrEqual(0);
  }
});

test("also where one delivery tries whether the vendor is well again, and the customer was saved after the order", async () => {
  let ill = true;
  const took = await mind(() => ill);
  const buyer = someBuyer();
  const order = newOrder({ buyer });
  await trip.take(orderCreated(order));
  await trip.take(customerUpdated(buyer, new Date(Date.now() + 60_000)));
  await trip.run();
  ill = false;
  trip.forward(60_000);
  // The next run looks first for what waits longest.
  await trip.road.db.query("UPDATE lane SET epoch = epoch + 9 - epoch % 10");
  await trip.runToTheEnd();
  expect(at(took, "customers", buyer.id)).toBeGreaterThanOrEqual(0);
  expect(at(took, "orders", order.id)).toBeGreaterThan(at(took, "customers", buyer.id));
});
