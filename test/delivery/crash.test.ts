// A crash at every step: a history is run once to count its statements and requests, then once for each, dying there.
import { afterAll, expect, test } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import { destinations } from "../../app/destinations/index.ts";

import {
  cartCreated,
  cartUpdated,
  checkoutCreated,
  customerCreated,
  newBasket,
  newCheckoutToken,
  newClickId,
  newOrder,
  orderCreated,
  orderPaid,
  refundCreated,
  someBuyer,
  type Webhook,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS, type Slug } from "../../sandbox/vendors.ts";
import { type End, endLeases, type Life, openLife, wipe } from "../support/crash.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const never = new AbortController().signal;
let passed = 0;
afterAll(() => console.log(`a crash at every step: ${passed} points, each before it and after it`));

// All at once: a run mostly waits for its database.
test.concurrent.each(
  SLUGS,
)("whatever statement or request the process dies at, %s loses nothing and counts nothing twice", async (slug) => {
  const database = await freshDatabase();
  try {
    const whole = await live(slug, database);
    expect(Object.keys(whole.counts).length).toBeGreaterThan(0);
    for (const [index, what] of whole.points.entries()) {
      for (const when of ["before", "after"] as const) {
        const after = await live(slug, database, { point: index + 1, when });
        compare(slug, `${when} ${index + 1}: ${what}`, after, whole.counts);
      }
    }
    passed += whole.points.length;
  } finally {
    await database.drop();
  }
}, 3_600_000);

type Outcome = Awaited<ReturnType<typeof live>>;

function compare(slug: Slug, at: string, { counts, unknown, twice, breaches }: Outcome, owed: Outcome["counts"]) {
  expect({ at, twice, breaches }).toEqual({ at, twice: [], breaches: [] });
  expect({ at, counts: settled(slug, counts) }).toEqual({ at, counts: settled(slug, owed) });
  for (const kind of KEYLESS[slug]) {
    const [there, due] = [counts[kind] ?? 0, owed[kind] ?? 0];
    expect(there, `${at}: ${kind}`).toBeLessThanOrEqual(due);
    expect(there + (unknown[kind] ?? 0), `${at}: ${kind}`).toBeGreaterThanOrEqual(due);
  }
}

/** What the vendor has no key for: it cannot tell a repetition, so what was in a request that the crash hit is unknown. */
const KEYLESS: Record<Slug, string[]> = {
  shopipixel: [],
  alana: ["add-to-cart", "purchase-complete"],
  prisjakt: [],
  tolinku: ["add_to_cart", "begin_checkout"],
  shopimind: ["trigger shopify_checkout_started"],
};
const settled = (slug: Slug, counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([kind]) => !KEYLESS[slug].includes(kind)));

/** What the vendors call the kinds of event that they have no key for. */
const CALLED: Record<string, Partial<Record<Slug, string>>> = {
  "cart.created": { alana: "add-to-cart", tolinku: "add_to_cart" },
  "cart.changed": { alana: "add-to-cart", tolinku: "add_to_cart" },
  "order.placed": { alana: "purchase-complete" },
  "checkout.started": { tolinku: "begin_checkout" },
  "checkout.contact_given": { shopimind: "trigger shopify_checkout_started" },
};

/** The history once: in a life that ends where it is told to, and then in a second one that works everything off. */
async function live(slug: Slug, database: TestDatabase, end?: End) {
  await wipe(database);
  const trip = await openTestRoad({ destinations: destinations.filter((sheet) => sheet.slug === slug) }, database, {
    still: true,
  });
  try {
    if (slug === "shopipixel")
      await database.db.query(`UPDATE connection SET settings = settings || '{"refundEvent":"OrderRefunded"}'`);
    const history = newHistory();
    const answered = new Set<Webhook>();
    const first = openLife(database.db, end);
    await firstLife(trip, first, history, answered).catch((error: unknown) => {
      if (!first.isOver()) throw error;
    });
    if (end && !first.isOver()) throw new Error(`the first life never came to point ${end.point}`);
    await endLeases(database);
    Object.assign(trip.road, { db: database.db, fetch });
    await hearAll(trip, history, answered);
    await trip.runToTheEnd();
    return { points: first.points, ...(await verdict(slug, trip)) };
  } finally {
    await trip.vendors.stop();
  }
}

async function firstLife(trip: TestRoad, life: Life, history: Webhook[], answered: Set<Webhook>): Promise<void> {
  Object.assign(trip.road, { db: life.db, fetch: life.fetch });
  await hearAll(trip, history, answered);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  const [lane] = await trip.database.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  await deliver(trip.road, lane?.id ?? "", never);
  if (!life.isOver()) await trip.runToTheEnd();
}

/** Shopify sends what got no 200 again. */
async function hearAll(trip: TestRoad, history: Webhook[], answered: Set<Webhook>): Promise<void> {
  const receive = openReceiver(trip.road.db);
  for (const [number, webhook] of history.entries()) {
    if (answered.has(webhook)) continue;
    await receive({
      shop: SANDBOX_SHOP,
      topic: webhook.topic,
      webhookId: `webhook-${number}`,
      eventId: null,
      apiVersion: "2026-10",
      triggeredAt: new Date().toISOString(),
      body: Buffer.from(JSON.stringify(webhook.payload)),
    });
    answered.add(webhook);
  }
}

/** A cart that grows, a checkout, its customer, the order, its payment, a refund. */
function newHistory(): Webhook[] {
  const buyer = someBuyer();
  const [one, two] = [newBasket({ lines: 1, clickId: newClickId() }), newBasket({ lines: 1 })];
  const checkoutToken = newCheckoutToken();
  const now = Date.now();
  const first = cartCreated(one);
  const line = two.lines[0];
  if (line)
    one.lines = [...one.lines.filter(({ variant }) => variant.id !== line.variant.id), { ...line, quantity: 9 }];
  const order = newOrder({ basket: one, buyer, checkoutToken });
  return [
    first,
    cartUpdated(one, new Date(now + 1_000)),
    checkoutCreated(one, checkoutToken, buyer),
    customerCreated(buyer),
    orderCreated(order),
    orderPaid(order, new Date(now + 1_000)),
    refundCreated(order, new Date(now + 2_000)),
  ];
}

async function verdict(slug: Slug, trip: TestRoad) {
  const { db } = trip.database;
  const open = await db.query(
    `SELECT 'webhook' AS what, state FROM webhook WHERE state NOT IN ('normalized') UNION ALL
     SELECT 'delivery ' || kind, state FROM delivery WHERE state NOT IN ('delivered', 'skipped', 'superseded', 'unknown') UNION ALL
     SELECT 'attempt', 'open' FROM attempt WHERE finished_at IS NULL`,
  );
  expect(open).toEqual([]);
  const lost = await db.query<{ kind: string; hit: boolean }>(
    `SELECT kind, EXISTS (SELECT 1 FROM attempt a WHERE d.id = ANY (a.deliveries) AND a.outcome LIKE '%doubt%') AS hit
     FROM delivery d WHERE state = 'unknown'`,
  );
  expect(lost.every(({ hit }) => hit)).toBe(true);
  const unknown: Record<string, number> = {};
  for (const { kind } of lost) {
    const called = CALLED[kind]?.[slug] ?? kind;
    unknown[called] = (unknown[called] ?? 0) + 1;
  }
  const { counts, entries, breaches } = trip.vendors.ledger(slug);
  const twice = entries.filter(({ kind, counted }) => counted > 1 && !KEYLESS[slug].includes(kind));
  return { counts, unknown, twice, breaches };
}
