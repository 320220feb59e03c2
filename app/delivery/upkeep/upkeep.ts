// The upkeep, every minute: checkouts that were left become events, what buyers ask for is done and erasures that were broken off go on, alerts are raised and sent, and what is too old is removed.
import { statement } from "../../base/statement.ts";
import { lookAtAccuracy } from "../alerts/accuracy.ts";
import { raiseAlerts } from "../alerts/alerts.ts";
import type { TellIn } from "../alerts/message.ts";
import { sendNotices, type WaysOut } from "../alerts/send.ts";
import { askVendorsAgain } from "../erasure/again.ts";
import { goOnErasing } from "../erasure/erase.ts";
import { answerRequests } from "../people/requests.ts";
import type { Road } from "../road.ts";
import { bookAbandoned } from "./abandoned.ts";
import { removals } from "./retention.ts";

export const UPKEEP_MS = 60_000;

export interface Upkeep {
  /** The guarded way out, for addresses that merchants gave. */
  post: typeof fetch;
  /** null: this installation has no mail server. */
  mail?: WaysOut["mail"];
  /** Tells alerts in the languages of their shops; absent: all in English. */
  tellIn?: TellIn;
  /** Ends it between two batches. */
  signal: AbortSignal;
  /** What else is to be done, by its name. */
  more?: Record<string, () => Promise<void>>;
}

/** What one round did. A part that failed is among `failures`, and held up no other. */
export interface Round {
  abandoned: number;
  /** How many rows of each kind lost something. */
  removed: Record<string, number>;
  failures: { part: string; error: unknown }[];
}

const LOCK = statement<{ got: boolean }>("lock-upkeep")`
  SELECT pg_try_advisory_xact_lock(7, 2) AS got`;

/**
 * One process at a time. The lock is held by a transaction that does nothing else: each part commits by itself.
 * @returns false while another process is at it.
 */
export async function upkeep(
  road: Road,
  { post, mail = null, tellIn, signal, more = {} }: Upkeep,
): Promise<Round | false> {
  return road.db.transaction(async (sql) => {
    const [lock] = await sql.query(LOCK);
    if (!lock?.got) return false;
    const round: Round = { abandoned: 0, removed: {}, failures: [] };
    const part = async (name: string, work: () => Promise<void>) => {
      if (!signal.aborted) await work().catch((error: unknown) => round.failures.push({ part: name, error }));
    };
    await part("abandoned checkouts", async () => {
      round.abandoned = await bookAbandoned(road, signal);
    });
    await part("erasures", async () => void (await goOnErasing(road)));
    await part("requests about people", () => answerRequests(road, signal));
    await part("erasures at vendors", async () => void (await askVendorsAgain(road)));
    await part("looks at the accuracy", () => lookAtAccuracy(road, signal));
    await part("alerts", () => raiseAlerts(road));
    await part("notices of alerts", () => sendNotices(road, { post, mail, tellIn: tellIn ?? null }, signal));
    for (const { what, remove } of removals(road, signal)) {
      await part(`removal of ${what}`, async () => {
        round.removed[what] = await remove();
      });
    }
    for (const [name, work] of Object.entries(more)) await part(name, work);
    return round;
  });
}
