// What the road runs on, handed in from the entry: database, clock, the way out, the bell, the keys.

import type { Database } from "../base/database.ts";
import type { Keyring } from "../base/secrets.ts";
import type { Timer } from "../base/timer.ts";
import type { Destination } from "../destinations/destination.ts";

/** Wakes a worker; a lost bell costs seconds, never data. */
export interface Bell {
  /** There are webhooks of this shop to normalize. */
  shop(domain: string): Promise<void>;
  /** There may be due deliveries in these lanes. */
  lanes(lanes: { connectionId: string; destination: string; delay?: number }[]): Promise<void>;
}

/**
 * Asks a shop for a metafield ("namespace.key") of its products.
 * @returns the values by product id, without the products that have none; null where the shop cannot be asked just now.
 */
export type AskProducts = (
  shop: string,
  metafield: string,
  productIds: string[],
) => Promise<ReadonlyMap<string, string> | null>;

/** Whether the app is installed in a shop, as Shopify says: "unknown" where it cannot be asked just now. */
export type Presence = "there" | "gone" | "unknown";
/** Asks Shopify with the token that the shop gave last. */
export type AskInstalled = (shop: string) => Promise<Presence>;

export interface Road {
  db: Database;
  /** Windows, due times and pacing go by it; leases go by the database's clock. */
  clock: () => Date;
  /** How long something takes, and what waits for a while, go by it. */
  timer: Timer;
  fetch: typeof fetch;
  bell: Bell;
  keys: Keyring;
  /** The address that this host goes out by: some vendors count by it. */
  egress: string;
  destinations: readonly Destination[];
  /** null in the web, which delivers nothing. */
  askProducts: AskProducts | null;
  /** null where nobody can be asked: what a webhook says is believed. */
  askInstalled: AskInstalled | null;
  sandbox: {
    /** Takes the place of every vendor's own base URL: `<this>/<slug>`. */
    vendorsUrl: string;
    /** false lifts the vendors' budgets. */
    budgets: boolean;
  } | null;
}
