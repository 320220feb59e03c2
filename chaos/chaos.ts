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
  /** Sentences; none: every promise held. */
  broken: string[];
}

const VICTIMS: Victim[] = ["worker", "web", "postgres"];
/** Milliseconds over which the orders of one kill are spread. */
const SHARE = 1_500;
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
    await untilNothingIsDue(house, options.orders);
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
    };
    const hit = trouble.faults.alana + options.workers * (options.kills + Number(options.freeze));
    return { ...result, broken: brokenPromises(result, hit) };
  } finally {
    await house.close();
    await vendors.stop();
  }
}

/** @param hit how many of alana's requests a fault or a kill can have hit. */
function brokenPromises(result: Omit<Result, "broken">, hit: number): string[] {
  const broken: string[] = [];
  if (result.unread > 0) broken.push(`${result.unread} webhooks did not become events`);
  for (const [slug, { lost, doubled, unknown, breaches }] of Object.entries(result.vendors)) {
    if (lost > 0) broken.push(`${lost} orders are lost at ${slug}`);
    if (doubled > 0) broken.push(`${doubled} orders are counted twice at ${slug}`);
    if (unknown > (slug === "alana" ? hit : 0)) broken.push(`${unknown} orders are unknown at ${slug}`);
    if (breaches > 0) broken.push(`${breaches} breaches of the contract of ${slug}`);
  }
  return broken;
}

async function untilNothingIsDue(house: House, orders: number): Promise<void> {
  const end = performance.now() + 120_000 + orders * 20;
  for (; ; await sleep(250)) {
    const [left] = await house.ask<{ due: number; received: number }>(
      "SELECT (SELECT count(*)::int FROM delivery WHERE state = 'due') AS due, (SELECT count(*)::int FROM webhook WHERE state = 'received') AS received",
    );
    if (left?.due === 0 && left.received === 0) return;
    if (performance.now() > end) return; // what is left is counted as lost
  }
}

const each = <T>(away: Record<Victim, number[]>, of: (times: number[]) => T) =>
  Object.fromEntries(VICTIMS.map((victim) => [victim, of(away[victim])])) as Record<Victim, T>;

function spread(times: number[]): { median: number; longest: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, longest: sorted.at(-1) ?? 0 };
}
