// What was not told is found in the end, however Shopify is just now: throttled, without a scope, behind, or unable to tell one of many.
import { afterAll, beforeEach, expect, test } from "vitest";
import { lookState } from "../../app/shopify/found/found.ts";
import { GRACE_MS } from "../../app/shopify/found/look.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { DAY, MINUTE, openLost } from "../support/lost.ts";
import { asTold } from "../support/told.ts";

const missed = await openLost();
const { asking, shopify, road, forward, db, order, withheld, looks, foundOrders } = missed;
afterAll(() => asking.close());
beforeEach(missed.anew);

test("where it is throttled it waits for its turn; where it may wait no longer it says so and goes on later", async () => {
  withheld(order());
  forward(GRACE_MS + MINUTE);
  shopify.leave(20);
  await db.query("DELETE FROM shopify_budget");
  await looks({ wait: 0, ask: asking.asker({ leave: 0.5, patience: 0 }) });
  expect(asTold(await lookState(road, SANDBOX_SHOP))).toMatchObject({
    says: expect.stringContaining("asked too much"),
  });
  expect(await foundOrders()).toEqual([]);
  shopify.leave(20);
  await looks();
  expect(await foundOrders()).toHaveLength(1);
});

test("a scope that is missing is named, and nothing is told by halves", async () => {
  withheld(order());
  shopify.world.granted.delete("read_orders");
  await looks().finally(() => shopify.world.granted.add("read_orders"));
  expect(asTold(await lookState(road, SANDBOX_SHOP)).says).toContain("read_orders");
  const whole = asking.asker({ patience: 60_000 });
  const withoutProducts: typeof whole = async (question, variables) => {
    if (question.query.includes("OneOrder")) shopify.world.granted.delete("read_products");
    return whole(question, variables);
  };
  await looks({ ask: withoutProducts }).finally(() => shopify.world.granted.add("read_products"));
  expect(asTold(await lookState(road, SANDBOX_SHOP)).says).toContain("read_products");
  expect(await foundOrders()).toEqual([]);
  await looks();
  expect(await foundOrders()).toHaveLength(1);
  expect(asTold(await lookState(road, SANDBOX_SHOP)).says).toBeNull();
});

test("an index that lags hides nothing for good", async () => {
  withheld(order());
  shopify.world.indexLag = 8 * MINUTE;
  await looks();
  expect(await foundOrders()).toEqual([]);
  await looks({ wait: 6 * MINUTE }).finally(() => {
    shopify.world.indexLag = 0;
  });
  expect(await foundOrders()).toHaveLength(1);
});

test("an order that Shopify shows no more after 60 days holds up none of the others", async () => {
  const old = order(new Date(road.clock().getTime() - 61 * DAY));
  withheld({ ...old, updated_at: order().updated_at });
  withheld(order());
  await looks();
  expect(await foundOrders()).toHaveLength(1);
});

test("one that Shopify cannot tell holds up none of the others, and is found once it can", async () => {
  const [ill, well] = [order(), order()];
  [ill, well].forEach(withheld);
  const ask = asking.asker({ patience: 60_000 });
  const cannot: typeof ask = async (question, variables) =>
    variables?.id === ill.admin_graphql_api_id ? { is: "ill", says: "it failed in itself" } : ask(question, variables);
  // Later than the looks overlap: it is found because it was noted.
  await looks({ ask: cannot, wait: 15 * MINUTE });
  expect(await foundOrders()).toMatchObject([{ subject: `order:${well.id}` }]);
  forward(20 * MINUTE);
  await looks();
  expect(await foundOrders()).toHaveLength(2);
});
