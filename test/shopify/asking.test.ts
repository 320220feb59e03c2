// Every way in which a question to Shopify can come out, asked with Shopify's own library over real HTTP of the stand-in.
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openAsk } from "../../app/shopify/asking.ts";
import { lacksOf } from "../../app/shopify/set-up.ts";
import { SANDBOX_SHOP as shop } from "../../sandbox/sign.ts";
import { type Asking, BUYERS, openAsking, SHOP_NAME } from "../support/asking.ts";
import { asTold } from "../support/told.ts";

let it: Asking;
beforeEach(async () => {
  it = await openAsking();
});
afterEach(() => it.close());

const dead = async () => {
  const [row] = await it.road.db.query<{ dead: boolean }>("SELECT token_dead_at IS NOT NULL AS dead FROM shop");
  return row?.dead;
};

test("done", async () => {
  expect(await it.ask(SHOP_NAME)).toEqual({ is: "done", data: { shop: { name: "Sandbox shop" } } });
});

test("partly: what there is of it, and why the rest is not there", async () => {
  it.sells();
  it.shopify.world.approved.delete("email");
  const outcome = await it.ask(BUYERS);
  expect(outcome).toMatchObject({ is: "partly", data: { orders: { nodes: [{ customer: { email: null } }] } } });
  expect(outcome).toMatchObject({ lacks: [{ is: "not approved", what: ["email"] }] });
});

test("a scope is missing, and which", async () => {
  it.shopify.world.granted.delete("read_orders");
  expect(await it.ask(BUYERS)).toEqual({ is: "scope missing", scopes: ["read_orders"] });
});

test("protected data that is not approved", async () => {
  it.shopify.world.approved.delete("data");
  expect(await it.ask(BUYERS)).toEqual({ is: "not approved", what: ["Order"] });
});

test("refused, where Shopify does not know what is asked for", async () => {
  const outcome = await it.ask({ query: "{ shop { moonPhase } }", usable: z.unknown() });
  expect(outcome).toMatchObject({ is: "refused", says: expect.stringContaining("moonPhase") });
});

test("token dead, where it is refused, and where it cannot be renewed; the shop is marked, and no more once it is taken", async () => {
  it.shopify.troubles.set("graphql", "401", 1);
  expect(await it.ask(SHOP_NAME)).toEqual({ is: "token dead" });
  expect(await dead()).toBe(true);
  expect(asTold(await lacksOf(it.trip.road, shop)).token).toContain("open the app to reconnect");
  expect((await it.ask(SHOP_NAME)).is).toBe("done");
  expect(await dead()).toBe(false);
  await it.shopify.uninstall();
  await it.ends();
  expect(await it.ask(SHOP_NAME)).toEqual({ is: "token dead" });
  await it.leaves();
  expect(await it.ask(SHOP_NAME)).toEqual({ is: "token dead" });
});

test.each([
  "402",
  "403",
  "423",
  "500",
  "502",
  "503",
  "down",
  "lost",
  "nonsense",
] as const)("ill, where Shopify meets it with %s", async (trouble) => {
  it.shopify.troubles.set("graphql", trouble);
  expect((await it.ask(SHOP_NAME)).is).toBe("ill");
  it.shopify.troubles.set("graphql", null);
  expect((await it.ask(SHOP_NAME)).is).toBe("done");
});

test.each([
  "500",
  "down",
  "nonsense",
  "429",
] as const)("ill, where the token cannot be renewed for %s, and it is not dead", async (trouble) => {
  await it.ends();
  it.shopify.troubles.set("token", trouble, 1);
  expect((await it.ask(SHOP_NAME)).is).toBe("ill");
  expect(await dead()).toBe(false);
  expect((await it.ask(SHOP_NAME)).is).toBe("done");
});

test("a page's token that has ended is the library's to handle", async () => {
  const ended = () => Promise.reject(new Response(null, { status: 302 }));
  await expect(openAsk(it.road, shop, async () => ended)(SHOP_NAME)).rejects.toBeInstanceOf(Response);
});
