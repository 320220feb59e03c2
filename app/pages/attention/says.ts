// What is said after a decision.
import type { Deed } from "../../delivery/ledger/replays.ts";
import { count as counted } from "../money.ts";

export interface Decided {
  what: Deed;
  /** nothing: the form named none. */
  of: "delivery" | "webhook" | "nothing";
  /** For so many it is done. */
  count: number;
  total: number;
  /** false: a worker goes on. */
  ended: boolean;
}

export function deedSays({ what, of, count, total, ended }: Decided): string {
  if (what === "take back" && (of === "nothing" || count === 0)) return "There is nothing to take back.";
  if (of === "nothing") return "There is nothing left to decide.";
  const thing = of === "webhook" ? counted(count, "webhook") : counted(count, "delivery", "deliveries");
  if (!ended) return `${count.toLocaleString("en")} of ${total.toLocaleString("en")} are done; the rest goes on by itself.`;
  if (what === "take back") return `${thing} ${count === 1 ? "is" : "are"} open again.`;
  if (what === "dismiss") return `${thing} dismissed.`;
  if (what === "read") return `${thing} to be read again.`;
  if (count > 0) return `${thing} to be sent again.`;
  return "None can be sent again: the vendor’s time for them is over, the connection is off, or they were dismissed.";
}
