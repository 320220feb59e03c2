// The proof: each request is kept as it left, without what is secret, and shown with one delivery's messages told apart.
import { afterEach, expect, test } from "vitest";
import { settingsOf } from "../../app/delivery/connections/open-connection.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { deliveryStory } from "../../app/delivery/ledger/story.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Proof } from "../../app/delivery/proof/proof.ts";
import { keptOf, unpack } from "../../app/delivery/proof/sent.ts";
import { destinations } from "../../app/destinations/index.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS } from "../../sandbox/vendors.ts";
import { openDoubt } from "../support/doubt.ts";
import { proofsIn } from "../support/proofs.ts";
import { DAY, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const { attempts, texts, proof } = proofsIn(() => trip);
const whole = ({ pieces }: Proof) => pieces.map(({ text }) => text).join("");
const own = ({ pieces }: Proof) =>
  pieces
    .filter((piece) => piece.own)
    .map(({ text }) => text)
    .join("");

test("every vendor's request is kept as it left: method, address, headers and body, and nothing that is secret", async () => {
  trip = await openTrade(SLUGS);
  const left: { line: string; body: string }[] = [];
  const { fetch: go } = trip.road;
  trip.road.fetch = ((url: URL, init: RequestInit) => {
    if (init.method !== "GET") left.push({ line: `${init.method} ${url}`, body: `${init.body ?? ""}` });
    return go(url, init);
  }) as typeof fetch;
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  const kept = await texts();
  expect(kept.length).toBeGreaterThan(5);
  for (const text of kept) {
    const [line = ""] = text.split("\n");
    const body = text.slice(text.indexOf("\n\n") + 2);
    expect(left).toContainEqual({ line, body });
    expect(text).toContain("\ncontent-type: application/json\n");
  }
  for (const slug of SLUGS)
    expect(
      kept.some((text) => text.includes(`/${slug}/`)),
      slug,
    ).toBe(true);
  const secrets = await secretsOf();
  expect(secrets.length).toBeGreaterThan(4);
  for (const secret of secrets) expect(kept.filter((text) => text.includes(secret))).toEqual([]);
});

async function secretsOf(): Promise<string[]> {
  const rows = await trip.road.db.query<{ destination: string } & Parameters<typeof settingsOf>[2]>(
    "SELECT id, shop, destination, settings, secrets FROM connection",
  );
  return rows.flatMap((row) => {
    const sheet = destinations.find(({ slug }) => slug === row.destination);
    if (!sheet) return [];
    const settings = settingsOf(trip.road, sheet, row as never);
    return Object.keys(sheet.fields).flatMap((name) => (sheet.fields[name]?.secret && settings[name]) || []);
  });
}

test("a secret is cut in whatever form it leaves: in the address, as Basic, encoded, within the body", async () => {
  trip = await openTrade([]);
  const secret = 'wh"at/ever+1';
  const connection = { sheet: { fields: { key: { label: "", secret: true } } }, settings: { key: secret } } as never;
  const url = new URL("https://vendor.example/v1?access_token=abc123&q=1");
  url.searchParams.set("s", secret);
  const headers = new Headers({
    authorization: `Basic ${btoa(`me:${secret}`)}`,
    "x-plain": `is ${secret}`,
    accept: "application/json",
  });
  const body = JSON.stringify({ deep: [secret, encodeURIComponent(secret), btoa(secret)], stays: "yes" });
  const text = unpack(keptOf({ method: "POST", url, headers, body }, connection));
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), btoa(secret), "abc123"])
    expect(text).not.toContain(form);
  expect(text).not.toContain(btoa(`me:${secret}`));
  expect(text).toMatch(/^POST https:\/\/vendor\.example\/v1\?/);
  expect(text).toContain("\naccept: application/json\n");
  expect(text).toContain('"stays":"yes"');
});

test("of a request of several only the delivery's own message is marked, opened when it is asked for; others never", async () => {
  trip = await openTrade(["shopipixel"]);
  const orders = [trip.order(), trip.order(), trip.order()];
  for (const order of orders) await trip.take(orderCreated(order));
  await trip.run();
  const rows = await attempts("shopipixel");
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  for (const [at, row] of rows.entries()) {
    const mine = orders[at];
    const closed = await proof(row);
    expect(own(closed)).toContain(`"purchase_${mine?.id}"`);
    for (const order of orders) {
      expect(whole(closed)).toContain(`"purchase_${order.id}"`);
      expect(whole(closed)).not.toContain(order.email);
      if (order !== mine) expect(own(closed)).not.toContain(String(order.id));
    }
    const opened = await proof(row, true);
    expect(own(opened)).toContain(mine?.email);
    for (const order of orders) if (order !== mine) expect(whole(opened)).not.toContain(order.email);
  }
});

test("what was sent and not answered is kept, what never left is not", async () => {
  trip = await openTrade(["tolinku"]);
  await trip.take(orderCreated(trip.order()));
  const { fetch: go } = trip.road;
  trip.road.fetch = ((url: URL, init: RequestInit) =>
    go(init.method === "POST" ? "http://127.0.0.1:9/refused" : url, init)) as typeof fetch;
  await trip.run();
  expect(await attempts("tolinku")).toHaveLength(1);
  expect(await texts()).toEqual([]);
  trip.road.fetch = go;
  trip.vendors.misbehave("tolinku", "lost", 1);
  trip.forward(DAY / 24);
  await trip.run();
  expect(await texts()).toHaveLength(1);
});

test("what a person's wish sent is marked, and that it may count twice where the vendor cannot tell", async () => {
  const again = async () => {
    const [delivery] = await trip.road.db.query<{ id: string }>("SELECT id FROM delivery ORDER BY rank LIMIT 1");
    return (await deliveryStory(trip.road, SANDBOX_SHOP, delivery?.id ?? ""))?.attempts.map((one) => one.again);
  };
  trip = await openDoubt("alana", 1);
  trip.vendors.misbehave("alana", null);
  for (const group of await attention(trip.road, SANDBOX_SHOP)) await replay(trip.road, SANDBOX_SHOP, group);
  await trip.runToTheEnd();
  expect(await again()).toEqual([null, "twice"]);
  await trip.close();
  trip = await openTrade(["tolinku"]);
  await trip.take(orderCreated(trip.order()));
  await normalize(trip.road, SANDBOX_SHOP);
  await trip.road.db.query("UPDATE delivery SET state = 'refused', settled_at = now()");
  for (const group of await attention(trip.road, SANDBOX_SHOP)) await replay(trip.road, SANDBOX_SHOP, group);
  await trip.runToTheEnd();
  expect(await again()).toEqual(["insisted"]);
});
