// One call of ShopiMind's in a walk through all of them.
import type { Http } from "../../app/destinations/destination.ts";

export interface Step {
  /** As the table has it: "GET /v1/orders/id/{order_id}". */
  endpoint: string;
  /** Makes the call first, and may then look at what became of it. */
  walk: (http: Http) => Promise<unknown>;
  /** What `walk` comes back with, in part. */
  seen: unknown;
  /** What the vendor's ledger keeps, or no longer keeps. */
  kept?: { kind: string; counted: 0 | 1; carried?: number };
}
