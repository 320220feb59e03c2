// The upkeep, every minute: checkouts that were left become events, alerts are raised and posted, and what is too old is removed.

import type { Road } from "../road.ts";
import { bookAbandoned } from "./abandoned.ts";
import { postAlerts } from "./alert-url.ts";
import { raiseAlerts } from "./alerts.ts";
import { removeOld } from "./retention.ts";

export const UPKEEP_MS = 60_000;

export interface Upkeep {
  /** The guarded way out, for addresses that merchants gave. */
  post: typeof fetch;
  /** Ends it between two batches. */
  signal: AbortSignal;
}

/** What one round did; false: another process is at it. */
export type Round = { abandoned: number; removed: Record<string, number> } | false;

/** One process at a time. The lock is held by a transaction that does nothing else: each part commits by itself. */
export async function upkeep(road: Road, { post, signal }: Upkeep): Promise<Round> {
  return road.db.transaction(async (sql) => {
    const [lock] = await sql.query<{ got: boolean }>("SELECT pg_try_advisory_xact_lock(7, 2) AS got");
    if (!lock?.got) return false;
    const abandoned = await bookAbandoned(road, signal);
    await raiseAlerts(road);
    if (!signal.aborted) await postAlerts(road, post, signal);
    return { abandoned, removed: await removeOld(road, signal) };
  });
}
