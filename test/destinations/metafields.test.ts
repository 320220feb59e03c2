// Products that a vendor knows by a metafield: it is asked of the shop when an event is sent, and kept for a while.
import { afterEach, describe, expect, test } from "vitest";
import type { AskProducts } from "../../app/delivery/road.ts";
import { openAsk } from "../../app/shopify/asking.ts";
import { readMetafields } from "../../app/shopify/metafields.ts";
import { cartCreated, newBasket, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { answerShopify } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SECRET, SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { startApp } from "../support/app.ts";
import { HOUR, MINUTE, openTrade, type Trade } from "../support/trade.ts";
import { framed, tokenFor } from "../support/web.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;
let trip: Trade;

const access = async () => {
  const body = JSON.stringify({ client_secret: SANDBOX_SECRET, subject_token: tokenFor(SANDBOX_SHOP) });
  const answer = await answerShopify(`https://${SANDBOX_SHOP}/admin/oauth/access_token`, { method: "POST", body });
  return (await answer.json()).access_token as string;
};

/** The sandbox's shop, asked as the worker asks it; `asked` is which products it was asked for, and it answers only while `there`. */
function shop() {
  const state = { asked: [] as string[][], there: true };
  const ask: AskProducts = (_shop, metafield, productIds) => {
    state.asked.push(productIds);
    const graphql = async (query: string, { variables = {} } = {}) =>
      state.there
        ? answerShopify("https://sandbox-shop.myshopify.com/admin/api/2026-10/graphql.json", {
            method: "POST",
            headers: { "x-shopify-access-token": await access() },
            body: JSON.stringify({ query, variables }),
          })
        : Promise.reject(new TypeError("fetch failed"));
    return readMetafields(
      openAsk(trip.road, SANDBOX_SHOP, async () => graphql),
      metafield,
      productIds,
    );
  };
  return Object.assign(state, { ask });
}
async function alanaBy(metafield: string) {
  const asked = shop();
  trip = await openTrade(["alana"], { askProducts: asked.ask });
  await trip.road.db.query("UPDATE connection SET settings = settings || $1", [{ metafield }]);
  return asked;
}
const idsOf = () => trip.vendors.ledger("alana").entries.map(({ facts }) => facts.productIds ?? [facts.productId]);

describe("on a road", () => {
  afterEach(() => trip.close());

  test("an order and a cart tell alana of its own ids, and the shop is asked for a product once", async () => {
    const { asked } = await alanaBy("custom.alana_id");
    const basket = newBasket({ lines: 2 });
    await trip.take(cartCreated(basket));
    await trip.take(orderCreated(newOrder({ basket })));
    await trip.runToTheEnd();
    const own = [...new Set(basket.lines.map(({ product }) => String(product.id)))];
    expect(asked.flat().toSorted()).toEqual(own.toSorted());
    const bought = idsOf().at(-1) as string[];
    expect(bought).toHaveLength(own.length);
    for (const id of idsOf().flat()) expect(id).toMatch(UUID);
    expect(new Set(idsOf().slice(0, -1).flat())).toEqual(new Set(bought));
  });

  test("what is known is asked for again after an hour, what is missing after five minutes", async () => {
    const { asked } = await alanaBy("custom.alana_id");
    const order = () => orderCreated(newOrder({ basket: newBasket({ lines: 1 }), at: trip.road.clock() }));
    const buy = async () => {
      await trip.take(order());
      await trip.runToTheEnd();
    };
    for (let n = 0; n < 30; n += 1) await buy();
    const products = new Set(asked.flat()).size;
    expect(asked.flat()).toHaveLength(products);
    trip.forward(59 * MINUTE);
    const before = asked.length;
    trip.forward(2 * MINUTE);
    await buy();
    expect(asked).toHaveLength(before + 1);
    await trip.road.db.query("UPDATE connection SET settings = settings || $1", [{ metafield: "custom.other" }]);
    await buy();
    const [{ state, reason } = { state: "", reason: "" }] = (await trip.purchaseOf("alana")).slice(-1);
    expect({ state, reason }).toEqual({ state: "skipped", reason: "no value in the metafield" });
    const missing = asked.length;
    trip.forward(6 * MINUTE);
    for (let n = 0; n < 12 && asked.length === missing; n += 1) await buy();
    expect(asked.length).toBeGreaterThan(missing);
  });

  test("while the shop cannot be asked its deliveries wait with the reason, and others go on", async () => {
    const asked = await alanaBy("custom.alana_id");
    asked.there = false;
    await trip.take(orderCreated(newOrder({ basket: newBasket({ lines: 1 }) })));
    await trip.run();
    expect(await trip.purchaseOf("alana")).toMatchObject([
      {
        state: "due",
        reason: expect.stringContaining("could not be asked for the products' metafield custom.alana_id"),
      },
    ]);
    expect(trip.vendors.ledger("alana").requests).toBe(0);
    trip.forward(2 * HOUR);
    await trip.run();
    asked.there = true;
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "delivered" }]);
    expect(idsOf().flat()).toEqual([expect.stringMatching(UUID)]);
  });
});

test("the worker asks by the token that the shop gave when the app was opened", async () => {
  const app = await startApp();
  try {
    await app.database.db.query("UPDATE connection SET settings = settings || $1 WHERE destination = 'alana'", [
      { metafield: "custom.alana_id" },
    ]);
    const place = async () => {
      const { topic, payload } = orderCreated(newOrder());
      const body = JSON.stringify(payload);
      await fetch(`${app.url}/webhooks`, { method: "POST", headers: signWebhook({ topic, body }), body });
    };
    await place();
    const state = async () => {
      const [row] = await app.database.db.query<{ state: string; reason: string | null }>(
        "SELECT state, reason_code AS reason FROM delivery WHERE destination = 'alana'",
      );
      return row;
    };
    await expect.poll(state, { timeout: 60_000 }).toMatchObject({ state: "due", reason: "metafield_unasked" });
    // Shopify's library sends away what does not look like a browser.
    const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0" };
    await fetch(`${app.url}${framed("/app")}&id_token=${tokenFor(SANDBOX_SHOP)}`, { headers });
    // Not to wait the minute.
    await app.database.db.query("UPDATE delivery SET due_at = now() WHERE destination = 'alana'");
    await app.database.db.query("UPDATE lane SET wake_at = NULL WHERE destination = 'alana'");
    await expect.poll(state, { timeout: 60_000 }).toMatchObject({ state: "delivered" });
    const [bought] = app.vendors.ledger("alana").entries;
    expect((bought?.facts.productIds as string[]).every((id) => UUID.test(id))).toBe(true);

    // A token that has ended is renewed.
    const { db } = app.database;
    await db.query("UPDATE session SET expires = now() - interval '1 hour'");
    await db.query("DELETE FROM delivery; DELETE FROM snapshot");
    await place();
    await expect.poll(state, { timeout: 60_000 }).toMatchObject({ state: "delivered" });
    expect(await db.query("SELECT expires > now() AS good FROM session")).toEqual([{ good: true }]);
    expect(app.logs()).not.toMatch(/"level":(50|60)/);
  } finally {
    await app.stop();
  }
});
