// What befalls the house while orders come in, one blow after the other: kills and the database's faults, evenly mixed.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CannotBe, FAULTS, type Fault } from "./faults.ts";
import type { House, Victim } from "./house.ts";

const VICTIMS: Victim[] = ["worker", "web", "postgres"];
export type Blow = Victim | Fault;
export interface Felt {
  times: number;
  /** Webhooks that were sent again for want of a 200, until all was back. */
  resent: number;
  /** Milliseconds from a kill, or from the end of a fault, until all was back. */
  median: number;
  longest: number;
  /** The least that each of the faults did: writes that PostgreSQL refused, or milliseconds of its slowest answer. */
  trace: number | null;
}
export interface Blows {
  done: Promise<Record<Blow, Felt>>;
  /** Why this machine cannot bring a fault. */
  cannot: Partial<Record<Fault, string>>;
  /** The part of the orders that may come by now: each blow has its share, before it and while it lasts. */
  part(): number;
}
interface Hit {
  resent: number;
  away: number;
  trace: number | null;
}

/** Milliseconds over which the share of one blow is spread. */
const SHARE: Record<Blow, number> = {
  ...{ worker: 1_500, web: 1_500, postgres: 1_500 },
  ...{ "full disk": 3_000, "slow database": 4_000, "hanging database": 4_000 },
};

/** @param resent how many webhooks were sent again so far. */
export function strike(house: House, options: { kills: number; faults: number }, resent: () => number): Blows {
  const blows = mixed(options);
  const hits = Object.fromEntries([...VICTIMS, ...FAULTS].map((blow) => [blow, []])) as unknown as Record<Blow, Hit[]>;
  const cannot: Blows["cannot"] = {};
  let done = 0;
  let since = performance.now();
  const all = async () => {
    for (const blow of blows) {
      await sleep(200 + randomInt(800));
      const before = resent();
      try {
        const hit = isFault(blow) ? await house.bring(blow) : { away: await house.kill(blow), trace: null };
        hits[blow].push({ ...hit, resent: resent() - before });
      } catch (error) {
        if (!(error instanceof CannotBe) || !isFault(blow)) throw error;
        cannot[blow] = error.message;
      }
      done += 1;
      since = performance.now();
    }
    return Object.fromEntries(Object.entries(hits).map(([blow, list]) => [blow, felt(list)])) as Record<Blow, Felt>;
  };
  const share = () => SHARE[blows[done] ?? "worker"];
  return {
    done: all(),
    cannot,
    part: () => (done + Math.min(1, (performance.now() - since) / share())) / (blows.length + 1),
  };
}

/** Each in turn, and both kinds spread over the whole run. */
function mixed({ kills, faults }: { kills: number; faults: number }): Blow[] {
  const spread = (of: readonly Blow[], count: number) =>
    Array.from({ length: count }, (_, at) => ({ blow: of[at % of.length] as Blow, at: (at + 0.5) / count }));
  return [...spread(VICTIMS, kills), ...spread(FAULTS, faults)].toSorted((a, b) => a.at - b.at).map(({ blow }) => blow);
}

const isFault = (blow: Blow): blow is Fault => FAULTS.some((fault) => fault === blow);

function felt(hits: Hit[]): Felt {
  const away = hits.map((hit) => hit.away).toSorted((a, b) => a - b);
  const traces = hits.flatMap(({ trace }) => (trace === null ? [] : [trace]));
  return {
    times: hits.length,
    resent: hits.reduce((sum, hit) => sum + hit.resent, 0),
    median: away[Math.floor(away.length / 2)] ?? 0,
    longest: away.at(-1) ?? 0,
    trace: traces.length > 0 ? Math.min(...traces) : null,
  };
}
