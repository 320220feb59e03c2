// Spends from a vendor's budgets: a slot per request, reserved in PostgreSQL and so shared by all processes.
import { createHash } from "node:crypto";
import { statement } from "../../base/statement.ts";
import type { Budget } from "../../destinations/destination.ts";
import type { Road } from "../road.ts";

const BURST = 0.4;
const STEADY = 0.55;
const PERIOD = { minute: 60_000, hour: 3_600_000 };

/** Milliseconds from one request to the next, where the burst is spent. */
export const spacingOf = (budget: Budget): number => PERIOD[budget.per] / (budget.requests * STEADY);

export interface Slots {
  /** How many requests may leave at `at`; 0: none was taken. */
  slots: number;
  /** Now, or a time to come that is kept for one request. */
  at: Date;
}

const RESERVE = statement<
  Slots,
  [budgets: string[], bursts: number[], spacings: number[], now: Date, most: number, latest: Date | null]
>("reserve-slots")`
  SELECT slots, at
  FROM budget_reserve($1, $2, $3, $4, $5, $6)`;
const GIVE_BACK = statement<never, [budgets: string[], spacings: number[], slots: number]>("give-slots-back")`
  UPDATE budget b
  SET next = b.next - $3 * g.spacing * interval '1 ms'
  FROM unnest($1::text[], $2::float8[]) AS g(key, spacing)
  WHERE b.key = g.key`;
const POSTPONE = statement<never, [budgets: string[], until: Date]>("postpone-budgets")`
  UPDATE budget
  SET next = greatest(next, $2)
  WHERE key = ANY ($1)`;

/**
 * Reserves slots in all of the budgets: 40 % of a limit may leave at once, then requests are spaced at 55 % of it.
 * @param host that is asked: what a host says of its limits touches that host only.
 * @param key what the vendor knows the merchant by; only its hash is stored.
 * @param most as many as are free now, up to so many; where none is, the next that comes.
 * @param latest who would not wait for longer takes none.
 */
export async function reserve(
  road: Road,
  host: string,
  budgets: Budget[],
  key: string,
  now: Date,
  { most = 1, latest = null }: { most?: number; latest?: Date | null } = {},
): Promise<Slots> {
  if (budgets.length === 0) return { slots: most, at: now };
  const spacings = budgets.map(spacingOf);
  const bursts = budgets.map(({ requests }, at) => Math.floor(requests * BURST) * (spacings[at] ?? 0));
  const names = budgets.map((budget) => nameOf(road, host, budget, key));
  const [row] = await road.db.query(RESERVE, [names, bursts, spacings, now, most, latest]);
  return row ?? { slots: 0, at: now };
}

/** Slots that were reserved and not used. */
export async function giveBack(road: Road, host: string, budgets: Budget[], key: string, slots: number): Promise<void> {
  if (budgets.length === 0) return;
  const names = budgets.map((budget) => nameOf(road, host, budget, key));
  await road.db.query(GIVE_BACK, [names, budgets.map(spacingOf), slots]);
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
