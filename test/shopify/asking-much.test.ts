// Where Shopify is asked too much, what is left is shared by all processes; and what a set-up did not get is said, and asked for again.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lacksOf, setUp, setUpWhatIsMissing } from "../../app/shopify/set-up.ts";
import { SANDBOX_SHOP as shop } from "../../sandbox/sign.ts";
import { type Asking, DEAR, openAsking, SHOP_NAME } from "../support/asking.ts";
import { asTold } from "../support/told.ts";

let it: Asking;
beforeEach(async () => {
  it = await openAsking();
});
afterEach(() => it.close());

const bucket = async () => {
  const sql = "SELECT available, maximum FROM shopify_budget";
  return (await it.road.db.query<{ available: number; maximum: number }>(sql))[0];
};

describe("where Shopify is asked too much", () => {
  test("THROTTLED waits until there is enough, as Shopify says it, and no longer", async () => {
    it.shopify.leave(402); // it costs 502, and 100 come back in a second
    expect((await it.ask(DEAR)).is).toBe("done");
    expect(it.waited).toEqual([1_000]);
  });

  test("whoever has less patience hears when again", async () => {
    it.shopify.leave(2);
    const outcome = await it.ask(DEAR);
    expect(outcome).toEqual({ is: "throttled", until: new Date(it.trip.road.clock().getTime() + 5_000) });
    expect(it.waited).toEqual([]);
    expect((await it.asker({ patience: 10_000 })(DEAR)).is).toBe("done");
    expect(it.waited).toEqual([5_000]);
  });

  test("429 rests for as long as it says, whoever asks", async () => {
    it.shopify.troubles.set("graphql", "429", 1);
    expect(await it.asker({ patience: 0 })(SHOP_NAME)).toMatchObject({ is: "throttled" });
    const before = it.shopify.asked();
    expect(await it.asker({ patience: 0 })(SHOP_NAME)).toMatchObject({ is: "throttled" });
    expect(it.shopify.asked()).toBe(before);
    expect((await it.ask(SHOP_NAME)).is).toBe("done");
  });

  test("what is left is known to all processes: nobody asks in vain, and who can wait leaves half to others", async () => {
    await it.ask(DEAR);
    expect((await bucket())?.maximum).toBe(2_000);
    const spend = async () => (await it.asker({ patience: 0 })(DEAR)).is;
    it.shopify.leave(900);
    await it.ask(SHOP_NAME); // Shopify says what is left
    const before = it.shopify.asked();
    expect((await it.asker({ patience: 0, leave: 0.5 })(SHOP_NAME)).is).toBe("throttled");
    expect(it.shopify.asked()).toBe(before);
    it.forward(20_000);
    it.shopify.leave(1_000);
    await it.ask(SHOP_NAME);
    const all = await Promise.all([spend(), spend(), spend(), spend()]);
    expect(all.filter((is) => is === "throttled").length).toBeGreaterThanOrEqual(2);
    expect(it.shopify.asked() - before).toBeLessThanOrEqual(3);
  });

  test("what was reserved and not used is given back", async () => {
    await it.ask(DEAR);
    expect((await bucket())?.available).toBeGreaterThan(1_990);
  });
});

describe("after the set-up", () => {
  const endpoint = "https://app.example.com/pixel";
  const round = () => setUpWhatIsMissing(it.road, endpoint, () => it.ask);

  test("what is missing is said, and is asked for again when the scopes have changed", async () => {
    it.shopify.world.granted.delete("read_locales");
    await setUp(it.road, shop, { ask: it.ask, endpoint });
    const lacks = asTold(await lacksOf(it.trip.road, shop));
    expect(lacks).toMatchObject({
      token: null,
      facts: null,
      language: expect.stringContaining("it lacks read_locales;"),
    });
    it.trip.forward(3_600_000);
    await it.trip.road.db.query("UPDATE shop SET set_up_at = now()");
    const before = it.shopify.asked();
    await round();
    expect(it.shopify.asked()).toBe(before);
    it.shopify.world.granted.add("read_locales");
    await it.trip.hear("app/scopes_update", { previous: [], current: ["read_orders", "read_locales"] });
    await it.trip.run();
    await round();
    expect(await lacksOf(it.trip.road, shop)).toEqual({ token: null, facts: null, language: null });
  });

  test("what Shopify was too ill to tell is asked for by the upkeep", async () => {
    it.shopify.troubles.set("graphql", "503", 1);
    await setUp(it.road, shop, { ask: it.ask, endpoint });
    await it.trip.road.db.query("UPDATE shop SET facts = NULL");
    expect(asTold(await lacksOf(it.trip.road, shop)).facts).toContain("could not be asked just now");
    await round();
    expect(await lacksOf(it.trip.road, shop)).toEqual({ token: null, facts: null, language: null });
    expect(it.shopify.asked()).toBe(3);
  });
});
