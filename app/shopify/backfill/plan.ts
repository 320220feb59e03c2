// What a merchant asks of a backfill: what it would be, and that it begins. Never by itself.
import { z } from "zod";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { findConnection } from "../../delivery/connections/connections.ts";
import { spacingOf } from "../../delivery/connections/pacing.ts";
import { type Rules, readRules } from "../../delivery/connections/rules.ts";
import type { Road } from "../../delivery/road.ts";
import { shopFacts } from "../../delivery/shop-facts.ts";
import type { Destination } from "../../destinations/destination.ts";
import { HISTORY, type History, type What } from "../../destinations/history.ts";
import type { EventKind } from "../../events/event.ts";
import type { Ask } from "../asking.ts";
import { whyNot } from "../outcome.ts";
import { because } from "../reasons.ts";
import { count } from "./count.ts";
import { piecesOf } from "./pieces.ts";

/** As the form gives it: days in the shop's zone, the last one included. */
export interface Wish {
  what: string[];
  from: string;
  to: string;
  /** What the vendor's data sheet warns of was confirmed. */
  confirmed: boolean;
}
interface Plan {
  sheet: Destination;
  takes: Extract<History, { takes: unknown }>;
  what: What[];
  since: Date;
  until: Date;
}
type Refused = { says: Reason };

const KINDS: Record<What, EventKind[]> = {
  customers: ["customer.saved"],
  products: ["product.saved"],
  orders: ["order.updated", "order.placed"],
};

type Takes = Plan["takes"];

/** What the data sheet takes of the time before, or why it takes nothing. */
export function historyOf({
  history,
  name,
}: Destination): { takes: Takes; never: null } | { takes: null; never: Reason } {
  if (!history) return { takes: null, never: because("backfill_never", { vendor: name }) };
  return "never" in history ? { takes: null, never: history.never } : { takes: history, never: null };
}

/** What a vendor may be told of the time before, as far as the connection's kinds are on. */
export function offered(sheet: Destination, { kindsOff }: Rules): What[] {
  const { takes } = historyOf(sheet);
  if (!takes) return [];
  const { on } = sheet;
  const isOn = (one: What) => KINDS[one].some((kind) => on[kind] !== undefined && !kindsOff.includes(kind));
  return HISTORY.filter((one) => takes.takes[one] !== undefined && isOn(one));
}

const ANY_BEFORE = statement<{ found: number }, [connectionId: string]>("has-connection-had-backfill")`
  SELECT 1 AS found
  FROM backfill
  WHERE connection_id = $1
  LIMIT 1`;

/** What a connection that had none yet can be told of before; null: nothing is offered. */
export async function offerOf(
  road: Road,
  { id, destination, rules }: { id: string; destination: string; rules: Rules },
): Promise<What[] | null> {
  const sheet = road.destinations.find(({ slug }) => slug === destination);
  const what = sheet ? offered(sheet, rules) : [];
  if (what.length === 0) return null;
  return (await road.db.query(ANY_BEFORE, [id])).length > 0 ? null : what;
}

/** Year 0 is none of PostgreSQL's, and no shop is older than this. */
const DAY = z
  .string()
  .date()
  .refine((day) => day >= "1970-01-01");
const SPAN = statement<{ since: Date; until: Date }, [from: string, to: string, timeZone: string]>("days-as-times")`
  SELECT ($1::date)::timestamp AT TIME ZONE $3 AS since, ($2::date + 1)::timestamp AT TIME ZONE $3 AS until`;

async function planOf(road: Road, shop: string, connectionId: string, wish: Wish): Promise<Plan | Refused> {
  const row = await findConnection(road, shop, connectionId);
  const sheet = road.destinations.find(({ slug }) => slug === row?.destination);
  if (!row || !sheet) return { says: because("backfill_nowhere") };
  const { takes, never } = historyOf(sheet);
  if (never !== null) return { says: never };
  if (row.state === "off") return { says: because("backfill_off", { name: row.name }) };
  const what = offered(sheet, readRules(row.rules)).filter((one) => wish.what.includes(one));
  if (what.length === 0) return { says: because("backfill_of_nothing") };
  if (!DAY.safeParse(wish.from).success || !DAY.safeParse(wish.to).success || wish.from > wish.to)
    return { says: because("backfill_no_days") };
  const { timeZone } = await shopFacts(road.db, shop);
  const [span] = await road.db.query(SPAN, [wish.from, wish.to, timeZone]);
  const now = road.clock();
  const until = new Date(Math.min(span?.until.getTime() ?? 0, now.getTime()));
  const earliest = takes.within === undefined ? 0 : now.getTime() - takes.within;
  const since = new Date(Math.max(span?.since.getTime() ?? 0, earliest));
  if (span && span.since > now) return { says: because("backfill_to_come") };
  if (since >= until)
    return { says: takes.says ? because("backfill_too_old_why", { why: takes.says }) : because("backfill_too_old") };
  return { sheet, takes, what, since, until };
}

export interface Expected {
  what: What;
  /** null: Shopify did not tell. */
  number: number | null;
  /** Why not. */
  says: Reason | null;
}
export interface DryRun {
  since: Date;
  until: Date;
  expected: Expected[];
  /** Milliseconds within the vendor's budgets, if nothing else is sent; null: not all is counted. */
  takes: number | null;
  says: Reason | null;
}

export async function dryRun(
  road: Road,
  shop: string,
  connectionId: string,
  wish: Wish,
  ask: Ask,
): Promise<DryRun | Refused> {
  const plan = await planOf(road, shop, connectionId, wish);
  if (!("what" in plan)) return plan;
  const expected = await expectedOf(plan, ask);
  const { since, until, takes } = plan;
  return { since, until, expected, takes: timeOf(plan, expected), says: takes.says ?? null };
}

async function expectedOf({ what, since, until }: Plan, ask: Ask): Promise<Expected[]> {
  const all: Expected[] = [];
  for (const one of what) {
    const span = { what: one, since: since.toISOString(), until: until.toISOString() };
    const { outcome, number } = await count(ask, span);
    all.push({ what: one, number, says: whyNot(outcome) });
  }
  return all;
}

/** As many requests as full batches make, in the channels that each of them needs, in the slowest of the budgets. */
function timeOf({ sheet, takes }: Plan, expected: Expected[]): number | null {
  if (expected.some(({ number }) => number === null)) return null;
  const requests = expected.flatMap(({ what, number }) =>
    (takes.takes[what] ?? []).map((channel) => Math.ceil((number ?? 0) / (sheet.channels[channel]?.batch ?? 1))),
  );
  const sum = requests.reduce((all, one) => all + one, 0);
  return Math.ceil(sum * Math.max(0, ...sheet.budgets.map(spacingOf)));
}

const PLAN = statement<
  { id: string },
  [
    shop: string,
    connectionId: string,
    what: string,
    since: Date,
    until: Date,
    pieces: string,
    expected: string,
    now: Date,
  ]
>("plan-backfill")`
  INSERT INTO backfill (shop, connection_id, what, since, until, pieces, expected, created_at, look_at)
  VALUES ($1, $2::uuid, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $8)
  ON CONFLICT (connection_id) WHERE state IN ('planned', 'running', 'paused') DO NOTHING
  RETURNING id`;

/** @returns why it does not begin; else its id. */
export async function startBackfill(
  road: Road,
  shop: string,
  connectionId: string,
  wish: Wish,
  ask: Ask,
): Promise<{ id: string } | Refused> {
  const plan = await planOf(road, shop, connectionId, wish);
  if (!("what" in plan)) return plan;
  if (plan.takes.warns && !wish.confirmed)
    return { says: because("backfill_unconfirmed", { warning: plan.takes.warns }) };
  const expected = await expectedOf(plan, ask);
  const counts = Object.fromEntries(expected.map(({ what, number }) => [what, number]));
  const { what, since, until } = plan;
  const pieces = JSON.stringify(piecesOf(what, since, until));
  const [row] = await road.db.query(PLAN, [
    ...([shop, connectionId, what.join(","), since, until, pieces] as const),
    ...([JSON.stringify(counts), road.clock()] as const),
  ]);
  return row ?? { says: because("backfill_under_way") };
}
