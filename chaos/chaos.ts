// Chaos: thousands of orders while everything is killed, the database falls ill and every vendor fails; at the end all of it must have been counted once.
import { setTimeout as sleep } from "node:timers/promises";
import { SLUGS, type Slug, startVendors } from "../sandbox/vendors.ts";
import { type Blow, type Blows, type Felt, strike } from "./blows.ts";
import { FAULTS, LEAST } from "./faults.ts";
import { type House, openHouse } from "./house.ts";
import { nothingSent, type Sent, sendOrders } from "./shopify.ts";
import { makeTrouble, type Tally, tally } from "./vendors.ts";

export interface Options {
  databaseUrl: string;
  redisUrl?: string;
  orders: number;
  kills: number;
  /** Of the database: full disks, slowness and hangs, in turn. */
  faults: number;
  webs: number;
  workers: number;
  /** Milliseconds between two rounds of the vendors' faults. */
  pause: number;
  /** Freeze a worker for longer than its lease, once. */
  freeze: boolean;
}
export interface Result {
  seconds: number;
  sent: Omit<Sent, "orders"> & { orders: number };
  blows: Record<Blow, Felt>;
  cannot: Blows["cannot"];
  /** From the last order until nothing was due any more. */
  caughtUpSeconds: number;
  vendors: Record<Slug, Tally>;
  /** Webhooks that did not end as an event. */
  unread: number;
  /** What was still due when nothing moved any more. */
  left: Left[];
  /** Sentences; none: every promise held. */
  broken: string[];
}

const PATIENCE = 120_000;
/** Seconds: a vendor that was ill is left alone for a while. */
const LONGEST_WAIT = 600;
const LONGER_THAN_A_LEASE = 18_000;

export async function chaos(options: Options): Promise<Result> {
  const vendors = await startVendors({ budgets: false });
  const house = await openHouse({ ...options, vendorsUrl: vendors.url });
  const began = performance.now();
  const took = (since: number) => Math.round((performance.now() - since) / 100) / 10;
  try {
    const trouble = makeTrouble(vendors, options.pause);
    const sent = nothingSent();
    const blows = strike(house, options, () => sent.resent);
    const sending = sendOrders(sent, {
      ...{ urls: house.urls, orders: options.orders, atOnce: 40 },
      allowed: () => options.orders * blows.part(),
    });
    const freezing = blows.done.then(() => (options.freeze ? house.freeze(LONGER_THAN_A_LEASE) : undefined));
    const [felt] = await Promise.all([blows.done, sending, freezing]);
    await trouble.end();
    const last = performance.now();
    const left = await untilNothingIsDue(house);
    const caughtUpSeconds = took(last);
    const tallies = await Promise.all(
      SLUGS.map(async (slug) => [slug, await tally(house, vendors, slug, sent.orders)] as const),
    );
    const unread = (await house.ask("SELECT 1 FROM webhook WHERE state <> 'normalized'")).length;
    const result = {
      seconds: took(began),
      sent: { ...sent, orders: sent.orders.length },
      blows: felt,
      cannot: blows.cannot,
      caughtUpSeconds,
      vendors: Object.fromEntries(tallies) as Record<Slug, Tally>,
      unread,
      left,
    };
    const hits = trouble.faults.alana + options.workers * (options.kills + options.faults + Number(options.freeze));
    return { ...result, broken: brokenPromises(result, await excusedAtAlana(house, hits)) };
  } finally {
    await house.close();
    await vendors.stop();
  }
}

/** A request that was hit leaves all of its orders unknown where the vendor cannot tell. @param hits how many may have been hit. */
async function excusedAtAlana(house: House, hits: number): Promise<number> {
  const [doubt] = await house.ask<{ requests: number; orders: number }>(
    "SELECT count(*)::int AS requests, coalesce(sum(messages), 0)::int AS orders FROM attempt WHERE destination = 'alana' AND outcome LIKE '%doubt%'",
  );
  return doubt && doubt.requests <= hits ? doubt.orders : 0;
}

/** @param excused how many orders were in those of alana's requests that a fault or a kill had hit. */
function brokenPromises(result: Omit<Result, "broken">, excused: number): string[] {
  const broken: string[] = [];
  if (result.unread > 0) broken.push(`${result.unread} webhooks did not become events`);
  for (const [slug, { lost, doubled, unknown, breaches }] of Object.entries(result.vendors)) {
    if (lost > 0) broken.push(`${lost} orders are lost at ${slug}`);
    if (doubled > 0) broken.push(`${doubled} orders are counted twice at ${slug}`);
    if (unknown > (slug === "alana" ? excused : 0)) broken.push(`${unknown} orders are unknown at ${slug}`);
    if (breaches > 0) broken.push(`${breaches} breaches of the contract of ${slug}`);
  }
  // No promise of the house's, but the run's own: what it says that it did was felt.
  for (const fault of FAULTS) {
    const { trace } = result.blows[fault];
    if (trace !== null && trace < LEAST[fault]) broken.push(`a ${fault} was not felt (${trace})`);
  }
  return broken;
}

interface Left {
  destination: string;
  /** Seconds until it may be sent again; 0: now. */
  waits: number;
  attempts: number;
  reason: string | null;
}

/** Until nothing is due. @returns what could have moved and did not for a while, or waits for longer than that */
async function untilNothingIsDue(house: House): Promise<Left[]> {
  let before = "";
  let left: Left[] = [];
  for (let moved = performance.now(); performance.now() - moved < PATIENCE; await sleep(250)) {
    left = await house.ask<Left>(LEFT);
    const [{ received } = { received: 0 }] = await house.ask<{ received: number }>(RECEIVED);
    if (left.length === 0 && received === 0) return [];
    const now = JSON.stringify([received, left.map(({ destination, attempts }) => [destination, attempts])]);
    if (now !== before || left.every(({ waits }) => waits > 0 && waits < LONGEST_WAIT)) moved = performance.now();
    before = now;
  }
  return left;
}
const LEFT = `SELECT d.destination, d.attempts, d.reason_code, d.reason_values,
    greatest(0, ceil(extract(epoch FROM greatest(d.due_at, l.wake_at) - now())))::int AS waits
  FROM delivery d JOIN lane l ON l.connection_id = d.connection_id WHERE d.state = 'due' ORDER BY d.id LIMIT 100`;
const RECEIVED = "SELECT count(*)::int AS received FROM webhook WHERE state = 'received'";
