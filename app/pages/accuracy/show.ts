// Which of the orders are listed, as the address says it: ?show=skipped.
import type { Outcome } from "../../delivery/accuracy/orders.ts";

export interface Shown {
  show: "missing" | "skipped" | "before" | "sent" | "all";
  outcomes: readonly Outcome[];
}
const MISSING = ["waiting", "refused", "expired", "unknown"] as const;
/** The first is shown until another is asked for. */
export const SHOWN: Shown[] = [
  { show: "missing", outcomes: MISSING },
  { show: "skipped", outcomes: ["skipped"] },
  { show: "before", outcomes: ["before"] },
  { show: "sent", outcomes: ["sent"] },
  { show: "all", outcomes: [...MISSING, "skipped", "before", "sent"] },
];

export function readShown(params: URLSearchParams): Shown {
  const [first, ...others] = SHOWN;
  return others.find(({ show }) => show === params.get("show")) ?? (first as Shown);
}
