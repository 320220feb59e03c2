// The proof goes: with its time, with its attempt, and with its person, whose neighbours in the same request keep theirs.
import { afterEach, expect, test } from "vitest";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { proofsIn } from "../support/proofs.ts";
import { DAY, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const { attempts, texts, proof } = proofsIn(() => trip);
const tend = () => upkeep(trip.road, { post: fetch, signal: new AbortController().signal });

test("a request goes with its time, which is that of the webhooks' bodies, and with its attempt", async () => {
  trip = await openTrade(["tolinku"]);
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  trip.forward(29 * DAY);
  await tend();
  expect(await texts()).toHaveLength(1);
  await trip.road.db.query("DELETE FROM attempt"); // it would take the request along
  trip.forward(2 * DAY);
  await tend();
  expect(await texts()).toEqual([]);
  for (const setting of ["keep_bodies", "keep_attempts"]) {
    await trip.road.db.query("DELETE FROM upkeep_mark");
    await trip.take(orderCreated(trip.order()));
    await trip.runToTheEnd();
    await trip.road.db.query(`UPDATE shop SET ${setting} = 7`);
    trip.forward(6 * DAY);
    await tend();
    expect(await texts(), setting).toHaveLength(1);
    trip.forward(2 * DAY);
    await tend();
    expect(await texts(), setting).toEqual([]);
    await trip.road.db.query(`UPDATE shop SET ${setting} = NULL`);
  }
});

test("an erased person's message goes out of a request of several, and nothing of others", async () => {
  trip = await openTrade(["shopipixel"]);
  const [one, other] = [trip.order(), trip.order()];
  for (const order of [one, other]) await trip.take(orderCreated(order));
  await trip.run();
  await forgetCustomer(trip.road, SANDBOX_SHOP, String(one.customer?.id));
  const [text = ""] = await texts();
  expect(text).not.toContain(one.email);
  expect(text).not.toContain(`purchase_${one.id}`);
  expect(text).toContain(other.email);
  const [gone, stays] = await attempts("shopipixel");
  if (!gone || !stays) throw new Error("there are no two deliveries");
  expect((await proof(gone)).erased).toBe(true);
  const left = await proof(stays, true);
  expect(left.erased).toBe(false);
  expect(left.pieces.find((piece) => piece.own)?.text).toContain(other.email);
});

test("a person who is erased while a request with their data is under way is not kept with it", async () => {
  trip = await openTrade(["tolinku"]);
  const order = trip.order();
  await trip.take(orderCreated(order));
  const { fetch: go } = trip.road;
  const named = async () =>
    (await trip.road.db.query("SELECT FROM event WHERE strpos(data::text, $1) > 0", [order.email])).length;
  let erasing: Promise<unknown> | undefined;
  trip.road.fetch = (async (url: URL, init: RequestInit) => {
    if (init.method === "POST" && !erasing) {
      expect(await named()).toBeGreaterThan(0);
      erasing = forgetCustomer(trip.road, SANDBOX_SHOP, String(order.customer?.id));
      while ((await named()) > 0) await new Promise(setImmediate);
    }
    return go(url, init);
  }) as typeof fetch;
  await trip.run();
  await erasing;
  expect(await attempts("tolinku")).toHaveLength(1);
  expect(await texts()).toEqual([]);
});
