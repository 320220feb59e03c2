// A page of a shop's activity: every event and what became of it, searched and filtered, at the same cost however much there is.
import type { Sql } from "../../base/database.ts";
import type { Road } from "../road.ts";
import { byIndex, IN_ORDER } from "./by-index.ts";
import { type Line, linesOfDeliveries, linesOfEvents } from "./lines.ts";
import { search } from "./search.ts";
import { meantBy } from "./typed.ts";
import { ENDED, EVENTS, type Found, LAST_EVENT, LAST_OVER, OVERS, OWED } from "./walks.ts";
import { KINDS, type Place, type Wanted } from "./wanted.ts";

export interface Activity {
  lines: Line[];
  /** Where it goes on; null: that was all. */
  next: Place | null;
  /** Back to there all was looked through, and the rest was not: so much of it was left out. */
  lookedBackTo: Date | null;
}

export const A_PAGE = 50;
const EARLIEST = new Date("1970-01-01");
const LATEST = new Date("2200-01-01");
/** Beyond every number that there is. */
const LAST_ID = "999999999999999999";

export function activity(road: Road, shop: string, wanted: Wanted): Promise<Activity> {
  if (wanted.typed.trim() !== "") return byIndex(road.db, (sql) => searched(sql, shop, wanted));
  return byIndex(road.db, (sql) => walked(sql, shop, wanted), IN_ORDER);
}

function walked(sql: Sql, shop: string, wanted: Wanted): Promise<Activity> {
  const { state, kind, reasonCode, from, until } = wanted;
  if (state && ENDED.includes(state)) return over(sql, shop, state, wanted);
  if (state === "due" && !kind && !reasonCode && !from && !until) return owed(sql, shop, wanted);
  return happened(sql, shop, wanted);
}

/** From the first moment to the place behind which it goes on. */
function between({ from, until, after }: Wanted): [from: Date, at: Date, id: string] {
  const { at, id } = after ?? { at: until ?? LATEST, id: until ? "0" : LAST_ID };
  return [from ?? EARLIEST, at, id];
}
const filterOf = ({ connectionId, state, reasonCode }: Wanted) => [connectionId, state, reasonCode] as const;

async function searched(sql: Sql, shop: string, wanted: Wanted): Promise<Activity> {
  const meant = meantBy(wanted.typed);
  if (!meant) return { lines: [], next: null, lookedBackTo: null };
  const found = await search(sql, shop, meant, wanted, between(wanted), A_PAGE + 1);
  return pageFrom(found, (ids) => linesOfEvents(sql, shop, ids, [...filterOf(wanted)]));
}

async function happened(sql: Sql, shop: string, wanted: Wanted): Promise<Activity> {
  const where = [shop, wanted.kind ? [wanted.kind] : KINDS, ...between(wanted)] as const;
  const filter = filterOf(wanted);
  const ofDeliveries = filter.some((one) => one !== null);
  const found = await sql.query(EVENTS, [...where, ofDeliveries, ...filter, A_PAGE + 1]);
  const lines = (ids: string[]) => linesOfEvents(sql, shop, ids, [...filter]);
  return pageFrom(found, lines, ofDeliveries ? () => sql.query(LAST_EVENT, [...where]) : undefined);
}

async function over(sql: Sql, shop: string, state: string, wanted: Wanted): Promise<Activity> {
  const { connectionId, kind, reasonCode } = wanted;
  const where = [shop, state, ...between(wanted)] as const;
  const found = await sql.query(OVERS, [...where, connectionId, kind, reasonCode, A_PAGE + 1]);
  const lines = (ids: string[]) => linesOfDeliveries(sql, shop, ids);
  return pageFrom(dated(found), lines, async () => dated(await sql.query(LAST_OVER, [...where])));
}

const dated = (rows: { id: string; at: Date | null }[]): Found[] =>
  rows.flatMap(({ id, at }) => (at ? { id, at } : []));

async function owed(sql: Sql, shop: string, { connectionId, after }: Wanted): Promise<Activity> {
  const { at, id } = after ?? { at: EARLIEST, id: "0" };
  const found = await sql.query(OWED, [shop, connectionId, at, id, A_PAGE + 1]);
  return pageFrom(found, (ids) => linesOfDeliveries(sql, shop, ids));
}

/** @param walked where the walk ended before the page was full; absent: nothing was left out. */
async function pageFrom(
  found: Found[],
  linesOf: (ids: string[]) => Promise<Line[]>,
  walked?: () => Promise<Found[]>,
): Promise<Activity> {
  const shown = found.slice(0, A_PAGE);
  const lines = await linesOf(shown.map(({ id }) => id));
  const last = shown.at(-1);
  if (found.length > A_PAGE && last) return { lines, next: last, lookedBackTo: null };
  const [stop] = (await walked?.()) ?? [];
  return { lines, next: stop ?? null, lookedBackTo: stop?.at ?? null };
}
