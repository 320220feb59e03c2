// Chaos: thousands of orders while everything is killed and every vendor fails; at the end all of it must have been counted once.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { SLUGS, type Slug, startVendors } from "../sandbox/vendors.ts";
import { type House, openHouse, type Victim } from "./house.ts";
import { type Sent, sendOrders } from "./shopify.ts";
import { makeTrouble, type Tally, tally } from "./vendors.ts";

export interface Options {
  databaseUrl: string;
  redisUrl?: string;
  orders: number;
  kills: number;
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
  kills: Record<Victim, number>;
  /** Milliseconds until what was killed was back. */
  recovery: Record<Victim, { median: number; longest: number }>;
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

const VICTIMS: Victim[] = ["worker", "web", "postgres"];
/** Milliseconds over which the orders of one kill are spread. */
const SHARE = 1_500;
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
    const away: Record<Victim, number[]> = { worker: [], web: [], postgres: [] };
    let killed = 0;
    let since = began;
    // Each kill has its share of the orders, which come before it and while what it killed is away.
    const allowed = () =>
      (options.orders * (killed + Math.min(1, (performance.now() - since) / SHARE))) / (options.kills + 1);
    const killing = (async () => {
      for (; killed < options.kills; killed += 1) {
        await sleep(200 + randomInt(800));
        const victim = VICTIMS[killed % VICTIMS.length] ?? "worker";
        away[victim].push(await house.kill(victim));
        since = performance.now();
      }
      if (options.freeze) await house.freeze(LONGER_THAN_A_LEASE);
    })();
    const [sent] = await Promise.all([sendOrders({ ...options, urls: house.urls, allowed, atOnce: 40 }), killing]);
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
      kills: each(away, (times) => times.length),
      recovery: each(away, spread),
      caughtUpSeconds,
      vendors: Object.fromEntries(tallies) as Record<Slug, Tally>,
      unread,
      left,
    };
    // A request that was hit leaves all of its orders unknown where the vendor cannot tell.
    const [doubt] = await house.ask<{ requests: number; orders: number }>(
      "SELECT count(*)::int AS requests, coalesce(sum(messages), 0)::int AS orders FROM attempt WHERE destination = 'alana' AND outcome LIKE '%doubt%'",
    );
    const hit = trouble.faults.alana + options.workers * (options.kills + Number(options.freeze));
    const excused = doubt && doubt.requests <= hit ? doubt.orders : 0;
    return { ...result, broken: brokenPromises(result, excused) };
  } finally {
    await house.close();
    await vendors.stop();
  }
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
const LEFT = `SELECT d.destination, d.attempts, d.reason,
    greatest(0, ceil(extract(epoch FROM greatest(d.due_at, l.wake_at) - now())))::int AS waits
  FROM delivery d JOIN lane l ON l.connection_id = d.connection_id WHERE d.state = 'due' ORDER BY d.id LIMIT 100`;
const RECEIVED = "SELECT count(*)::int AS received FROM webhook WHERE state = 'received'";

const each = <T>(away: Record<Victim, number[]>, of: (times: number[]) => T) =>
  Object.fromEntries(VICTIMS.map((victim) => [victim, of(away[victim])])) as Record<Victim, T>;

function spread(times: number[]): { median: number; longest: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, longest: sorted.at(-1) ?? 0 };
}
