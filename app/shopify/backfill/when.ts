// When a backfill is looked at again, and what is said meanwhile.
import type { Reason } from "../../base/reason.ts";
import type { Road } from "../../delivery/road.ts";
import { type Outcome, protectedOf, whyNot } from "../outcome.ts";
import { because } from "../reasons.ts";

type Clock = Pick<Road, "clock">;
const after = ({ clock }: Clock, seconds: number) => new Date(clock().getTime() + seconds * 1_000);

/** A bulk operation takes seconds or hours: the longer it takes, the rarer it is asked. */
export const pollAfter = (road: Clock, tries: number): Date => after(road, Math.min(60, 1.5 ** Math.min(tries, 20)));

/** After so many questions in a row without an answer of use. */
export const afterNo = (road: Clock, tries: number): Date => after(road, Math.min(300, 2 ** Math.min(tries + 1, 20)));

/** What only a person can mend: a scope, Shopify's approval, a token that the next opening of the app brings. */
const MENDED_BY_A_PERSON = ["scope missing", "not approved", "refused", "token dead"];
const LOOK_AGAIN_SECONDS = 60;

export function afterOutcome(
  road: Clock,
  outcome: Outcome<unknown>,
  tries: number,
): { until: Date; reason: Reason | null } {
  const reason = outcome.is === "not approved" ? notYet(outcome.what) : whyNot(outcome);
  if (outcome.is === "throttled") return { until: outcome.until, reason };
  if (MENDED_BY_A_PERSON.includes(outcome.is)) return { until: after(road, LOOK_AGAIN_SECONDS), reason };
  return { until: afterNo(road, tries), reason };
}

const notYet = (what: string[]): Reason => because("not_approved_yet", { what: protectedOf(what) });
