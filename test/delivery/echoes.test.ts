// Vendors echo what they were sent: neither a person's data nor a key stays in our books, whatever the answer was to.
import { afterEach, expect, test } from "vitest";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { newOrder, orderCreated, someBuyer } from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

const KEYS: Partial<Record<Slug, string>> = { shopipixel: "sp_sandbox", shopimind: "sandbox-shopimind-key-0001" };
const street = "Mühlenkampstieg 7";
const buyer = { ...someBuyer(), email: "echo.of@example.com", phone: "+49 40 5550199", street };

let trip: Trade;
afterEach(() => trip.close());

/** The vendor's answer to some requests is a no that says back whose key it was and what stood in them. */
async function echoes(slug: Slug, which: (method: string, path: string) => boolean, no: (echo: string) => Response) {
  trip = await openTrade([slug]);
  let told = 0;
  trip.road.fetch = async (url, init) => {
    if (!which(String(init?.method), new URL(String(url)).pathname)) return fetch(url, init);
    told += 1;
    return no(`the key ${KEYS[slug]} was used for ${buyer.email}, ${buyer.phone}, ${street}`);
  };
  await trip.take(orderCreated(newOrder({ clickId: null, buyer, at: trip.road.clock() })));
  return () => told;
}

/** What is kept of a vendor's words. */
async function kept(): Promise<string> {
  await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  const rows = await Promise.all(
    [
      "SELECT reason_values, state FROM delivery",
      "SELECT answer, outcome FROM attempt",
      "SELECT reason_values FROM connection",
      "SELECT paused_channels, warning FROM lane",
      "SELECT reason_values FROM alert",
    ].map((text) => trip.database.db.query(text)),
  );
  return JSON.stringify(rows);
}
async function holdsNoEcho(slug: Slug): Promise<void> {
  const all = await kept();
  expect(all).toContain("[cut]");
  for (const echoed of [KEYS[slug] ?? "", buyer.email, "5550199"]) expect(all).not.toContain(echoed);
}
const json = (status: number, body: object) => Response.json(body, { status });

test("a refusal is kept without it, and so is the answer that it came in", async () => {
  const refuse = (echo: string) =>
    json(200, { success: true, results: [{ success: false, error: "validation_failed", message: echo }] });
  await echoes("shopipixel", (method) => method === "POST", refuse);
  await trip.run();
  expect(await trip.states("shopipixel")).toMatchObject([
    { state: "refused", reason: expect.stringContaining("valid") },
  ]);
  await holdsNoEcho("shopipixel");
});

test.each([401, 403])("a pause is kept without it: %s to a write", async (status) => {
  await echoes(
    "shopipixel",
    (method) => method === "POST",
    (echo) => json(status, { success: false, error: echo }),
  );
  await trip.run();
  expect(await trip.states("shopipixel")).toMatchObject([{ state: "due" }]);
  await holdsNoEcho("shopipixel");
});

test.each([401, 403, 422])("the no to a declaration is kept without it: %s", async (status) => {
  const declares = (_method: string, path: string) => /statuses|carriers|manufacturers|sources/.test(path);
  const told = await echoes("shopimind", declares, (echo) => json(status, { message: echo, error: echo }));
  await trip.run();
  expect(told()).toBeGreaterThan(0);
  await holdsNoEcho("shopimind");
});

test("what a look-up in vain was told is kept without it", async () => {
  const told = await echoes(
    "shopipixel",
    (method) => method === "GET",
    (echo) => json(500, { error: echo }),
  );
  trip.vendors.misbehave("shopipixel", "lost", 1);
  await trip.run();
  trip.forward(25 * MINUTE);
  await trip.run();
  expect(told()).toBeGreaterThan(0);
  expect(await trip.states("shopipixel")).toMatchObject([{ state: "due", reason: expect.stringContaining("in vain") }]);
  await holdsNoEcho("shopipixel");
});
