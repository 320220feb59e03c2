// The states of a delivery and the transitions that exist: one table for the code, its SQL and the tests.

/** In the order in which they are told. What is not due has ended, until somebody owes it again. */
export const DELIVERY_STATES = ["due", "delivered", "skipped", "superseded", "expired", "refused", "unknown"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** It ended without arriving, as far as we know: a person must look. */
export const LOST = ["refused", "expired", "unknown"] as const satisfies DeliveryState[];

interface Transition {
  /** null: it is born so. */
  from: readonly (DeliveryState | null)[];
  to: readonly DeliveryState[];
}

/** By who makes it. */
export const TRANSITIONS = {
  /** An event is booked: a connection is owed it, is rightly not, or knows something newer already. */
  booking: { from: [null], to: ["due", "skipped", "superseded"] },
  /** The vendor answered, or was asked whether it has it; or it is seen before it is sent that it will not be. */
  outcome: { from: ["due"], to: ["delivered", "skipped", "expired", "refused", "unknown"] },
  /** It was switched off while its request was under way: that it arrived, or may have, is the truth all the same. */
  "late outcome": { from: ["skipped"], to: ["delivered", "refused", "unknown"] },
  /** The vendor's window, or the time that we try, is over. */
  deadline: { from: ["due"], to: ["expired", "unknown"] },
  /** Its connection, its kind or its shop is switched off, its person is erased, or the budget has no room for it. */
  "switching off": { from: ["due"], to: ["skipped", "unknown"] },
  "newer state": { from: ["due", ...LOST], to: ["superseded"] },
  /** A person wants it sent again. */
  replay: { from: LOST, to: ["due"] },
  /** A refund whose purchase is owed now. */
  purchase: { from: ["skipped"], to: ["due"] },
  /** It was left out because it happened before its connection was made, and a merchant wants that now. */
  backfill: { from: ["skipped"], to: ["due"] },
  /** Several were refused alone, by something other than the vendor: it was not about them. */
  "foreign answers": { from: ["refused"], to: ["due"] },
} as const satisfies Record<string, Transition>;

/** Where it may be led by whom. */
export type StateAfter<Maker extends keyof typeof TRANSITIONS> = (typeof TRANSITIONS)[Maker]["to"][number];

/** SQL: "('refused', 'expired', 'unknown')"; in this order the indexes have them. */
export const sqlList = (states: readonly string[]) => `(${states.map((state) => `'${state}'`).join(", ")})`;

/** SQL: the state of what is owed and will not be sent: what was sent and not answered may have arrived. */
export const NOT_SENT = "CASE WHEN doubt_since IS NULL THEN 'skipped' ELSE 'unknown' END";
