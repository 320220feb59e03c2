// A vendor's rate limit: so many requests in any window of this length, counted for each caller.
import type { World } from "./vendor.ts";

interface Verdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Milliseconds until a place is free. */
  wait: number;
}
export type Limit = (who: string) => Verdict;

export function makeLimit(world: World, limit: number, window: number): Limit {
  const times = new Map<string, number[]>();
  return (who) => {
    if (!world.budgets) return { allowed: true, limit, remaining: limit, wait: 0 };
    const now = world.now();
    const all = times.get(who) ?? [];
    const since = all.findIndex((time) => time > now - window);
    const recent = since < 0 ? [] : since === 0 ? all : all.slice(since);
    const allowed = recent.length < limit;
    if (allowed) recent.push(now);
    times.set(who, recent);
    const wait = Math.max(0, (recent[0] ?? now) + window - now);
    return { allowed, limit, remaining: limit - recent.length, wait };
  };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const inSeconds = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1000));
