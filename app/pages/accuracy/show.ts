// Which of the orders are listed, as the address says it: ?show=skipped.
import type { Outcome } from "../../delivery/accuracy/orders.ts";

export interface Shown {
  show: string;
  label: string;
  outcomes: readonly Outcome[];
  /** Said where there are none. */
  none: string;
}
const MISSING = ["waiting", "refused", "expired", "unknown"] as const;
/** The first is shown until another is asked for. */
export const SHOWN: Shown[] = [
  { show: "missing", label: "Missing", outcomes: MISSING, none: "No order is missing in these days." },
  { show: "skipped", label: "Rightly skipped", outcomes: ["skipped"], none: "No order was skipped in these days." },
  {
    show: "before",
    label: "Before the connection",
    outcomes: ["before"],
    none: "No order of these days was placed before the connection was made.",
  },
  { show: "sent", label: "Sent", outcomes: ["sent"], none: "No order of these days was sent." },
  {
    show: "all",
    label: "All",
    outcomes: [...MISSING, "skipped", "before", "sent"],
    none: "No order was placed in these days.",
  },
];

export function readShown(params: URLSearchParams): Shown {
  const [first, ...others] = SHOWN;
  return others.find(({ show }) => show === params.get("show")) ?? (first as Shown);
}
