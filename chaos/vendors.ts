// The vendors' part: they fail in every way, one after the other, and what they counted is held against what was sent.
import { setTimeout as sleep } from "node:timers/promises";
import { SLUGS, type Slug, type Vendors } from "../sandbox/vendors.ts";
import type { House } from "./house.ts";

const MODES = ["down", "lost", "500", "nonsense", "429", "truncated", "hang", "slow"] as const;

export interface Trouble {
  /** Requests that were told to fail, per vendor. */
  faults: Record<Slug, number>;
  /** Ends the trouble, and heals all. */
  end(): Promise<void>;
}

/** Each vendor meets each way to fail in turn; two never fail in the same way at once. */
export function makeTrouble(vendors: Vendors, pause: number): Trouble {
  const faults = Object.fromEntries(SLUGS.map((slug) => [slug, 0])) as Record<Slug, number>;
  const ending = new AbortController();
  const troubling = (async () => {
    for (let turn = 0; !ending.signal.aborted; turn += 1) {
      for (const [place, slug] of SLUGS.entries()) {
        const mode = MODES[(turn + place) % MODES.length] ?? "500";
        const times = mode === "hang" || mode === "slow" ? 1 : 2;
        vendors.misbehave(slug, mode, times);
        faults[slug] += times;
      }
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => {}); // the end comes at any time
    }
    for (const slug of SLUGS) vendors.misbehave(slug, null);
  })();
  return {
    faults,
    end: () => {
      ending.abort();
      return troubling;
    },
  };
}

/** What a vendor made of the orders. */
export interface Tally {
  sent: number;
  counted: number;
  /** Neither counted nor unknown. */
  lost: number;
  doubled: number;
  unknown: number;
  requests: number;
  breaches: number;
}
const KIND: Record<Slug, string> = {
  shopipixel: "Purchase",
  alana: "purchase-complete",
  prisjakt: "purchase",
  tolinku: "purchase",
  shopimind: "orders",
};

export async function tally(house: House, vendors: Vendors, slug: Slug, orders: string[]): Promise<Tally> {
  const { entries, requests, breaches } = vendors.ledger(slug);
  const times = new Map<string, number>();
  for (const { kind, key, counted, facts } of entries) {
    if (kind !== KIND[slug]) continue;
    const order =
      slug === "alana" ? String((facts.metadata as { orderId?: string })?.orderId) : key.replace("purchase_", "");
    times.set(order, (times.get(order) ?? 0) + counted);
  }
  const unknown = await house.ask<{ order: string }>(
    "SELECT substr(subject, 7) AS order FROM delivery WHERE destination = $1 AND state = 'unknown' AND subject LIKE 'order:%'",
    [slug],
  );
  const maybe = new Set(unknown.map(({ order }) => order));
  return {
    sent: orders.length,
    counted: orders.filter((order) => times.get(order)).length,
    lost: orders.filter((order) => !times.get(order) && !maybe.has(order)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    unknown: maybe.size,
    requests,
    breaches: breaches.length,
  };
}
