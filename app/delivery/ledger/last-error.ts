// The last error of a connection that has not ended: a sentence of ours for its class, and the vendor's own words.
import type { Reason } from "../../base/reason.ts";
import { saidIn } from "../../destinations/meaning.ts";
import { because } from "../reasons.ts";
import { quoted } from "../said.ts";

export interface LastError {
  at: string;
  says: Reason;
  /** What the vendor said; null: nothing, or nothing that says more. */
  words: string | null;
}

/** The attempt, and the reason of one of its deliveries. */
export interface FailedAttempt {
  at: string;
  status: number | null;
  answer: string | null;
  reason: Reason | null;
}

/** SQL: of the connection `c`, its newest failed request after which none of the same channel went well. */
export const sqlFailedAttempt = (sqlReason: (row: string) => string) => `(
    SELECT jsonb_build_object('at', a.finished_at, 'status', a.status, 'answer', a.answer, 'reason', d.reason)
    FROM attempt a
    LEFT JOIN LATERAL (
      SELECT ${sqlReason("o")} AS reason
      FROM delivery o
      WHERE o.id = ANY (a.deliveries) AND o.reason_code IS NOT NULL
      LIMIT 1
    ) d ON true
    WHERE a.connection_id = c.id AND a.finished_at IS NOT NULL AND a.failed
      AND NOT EXISTS (
        SELECT 1
        FROM attempt later
        WHERE later.connection_id = a.connection_id AND later.started_at > a.started_at AND later.channel = a.channel
          AND later.finished_at IS NOT NULL AND NOT later.failed)
    ORDER BY a.started_at DESC
    LIMIT 1)`;

export function lastErrorOf(vendor: string, failed: FailedAttempt | null): LastError | null {
  if (!failed) return null;
  return { at: failed.at, says: classOf(vendor, failed), words: wordsIn(failed) };
}

function classOf(vendor: string, { status, reason }: FailedAttempt): Reason {
  if (status === null)
    return reason?.code === "nothing_sent"
      ? because("error_unreached", { vendor })
      : because("error_unanswered", { vendor });
  const told = { vendor, status: String(status) };
  if (status === 429 || status === 425) return because("error_busy", told);
  if (status >= 500 || status === 408) return because("error_doubt", told);
  if (status >= 300) return because("error_no", told);
  return because("error_odd", told);
}

/** Without a status there was no answer: what is kept in its place are our own words. */
function wordsIn({ status, answer, reason }: FailedAttempt): string | null {
  if (status === null) return null;
  const words = reason && quoted(reason);
  return words || (answer && saidIn({ text: answer, json: parsed(answer) })) || null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut, or no JSON
  }
}
