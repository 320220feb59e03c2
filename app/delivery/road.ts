// What the road runs on, handed in from the entry: database, clock, the way out, the bell, the keys.

import type { Database } from "../db.server.ts";
import type { Destination } from "../destinations/destination.ts";
import type { Keyring } from "../secrets.server.ts";

/** Wakes a worker; a lost bell costs seconds, never data. */
export interface Bell {
  /** There are webhooks of this shop to normalize. */
  shop(domain: string): Promise<void>;
  /** There may be due deliveries in these lanes. */
  lanes(lanes: { connectionId: string; destination: string; delay?: number }[]): Promise<void>;
}

export interface Road {
  db: Database;
  /** Windows, due times and pacing go by it; leases go by the database's clock. */
  clock: () => Date;
  fetch: typeof fetch;
  bell: Bell;
  keys: Keyring;
  /** The address that this host goes out by: some vendors count by it. */
  egress: string;
  destinations: readonly Destination[];
  sandbox: {
    /** Takes the place of every vendor's own base URL: `<this>/<slug>`. */
    vendorsUrl: string;
    /** false lifts the vendors' budgets. */
    budgets: boolean;
  } | null;
}
