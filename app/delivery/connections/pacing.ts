// Spends from a vendor's budgets: a slot per request, reserved in PostgreSQL and so shared by all processes.

import { createHash } from "node:crypto";
import { statement } from "../../base/statement.ts";
import type { Budget } from "../../destinations/destination.ts";
import type { Road } from "../road.ts";

const BURST = 0.4;
const STEADY = 0.55;
const PERIOD = { minute: 60_000, hour: 3_600_000 };

// A budget that was not used for long is full again: `next` lies at most the burst behind the present.
const RESERVE = statement<
  { slot: Date },
  [budget: string, now: Date, burst: number, spacing: number, latest: Date | null]
>("reserve-slot")`
  INSERT INTO budget AS b (key, next)
  VALUES ($1, $2::timestamptz - $3 * interval '1 ms' + $4 * interval '1 ms')
  ON CONFLICT (key) DO UPDATE
    SET next = greatest(b.next, $2::timestamptz - $3 * interval '1 ms') + $4 * interval '1 ms'
    WHERE $5::timestamptz IS NULL OR b.next <= $5
  RETURNING next - $4 * interval '1 ms' AS slot`;
const POSTPONE = statement<never, [budgets: string[], until: Date]>("postpone-budgets")`
  UPDATE budget
  SET next = greatest(next, $2)
  WHERE key = ANY ($1)`;

/** Milliseconds from one request to the next, where the burst is spent. */
export const spacingOf = (budget: Budget): number => PERIOD[budget.per] / (budget.requests * STEADY);

/**
 * Reserves a slot for one request in each of the budgets: 40 % of a limit may leave at once, then requests are spaced at 55 % of it.
 * @param host that is asked: what a host says of its limits touches that host only.
 * @param key what the vendor knows the merchant by; only its hash is stored.
 * @param latest who would not wait for longer takes no slot.
 * @returns when the request may leave: now, or a time to come that is kept for it; null: not until `latest`.
 */
export async function reserve(road: Road, host: string, budgets: Budget[], key: string, now: Date): Promise<Date>;
export async function reserve(
  road: Road,
  host: string,
  budgets: Budget[],
  key: string,
  now: Date,
  latest: Date,
): Promise<Date | null>;
export async function reserve(
  road: Road,
  host: string,
  budgets: Budget[],
  key: string,
  now: Date,
  latest: Date | null = null,
): Promise<Date | null> {
  let slot = now;
  for (const budget of budgets) {
    const spacing = spacingOf(budget);
    const burst = Math.floor(budget.requests * BURST) * spacing;
    const [row] = await road.db.query(RESERVE, [nameOf(road, host, budget, key), now, burst, spacing, latest]);
    if (!row) return null;
    if (row.slot > slot) slot = row.slot;
  }
  return slot;
}

/** Nothing more leaves before `until`, whoever shares the budgets. */
export async function postpone(road: Road, host: string, budgets: Budget[], key: string, until: Date): Promise<void> {
  const names = budgets.map((budget) => nameOf(road, host, budget, key));
  await road.db.query(POSTPONE, [names, until]);
}

function nameOf(road: Road, host: string, budget: Budget, key: string): string {
  const owner = { key: hash(key), address: road.egress, "key and address": `${hash(key)}@${road.egress}` }[
    budget.scope
  ];
  return `${host}:${budget.requests}/${budget.per}:${owner}`;
}

const hash = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22);
