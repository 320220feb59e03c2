// What a reader makes of one webhook: events, or the reason why there are none.
import type { Reason } from "../base/reason.ts";
import type { Event } from "./event.ts";
import type { Shop, Time } from "./facts.ts";

/** A webhook as a reader gets it. */
export interface Heard {
  topic: string;
  body: Uint8Array;
  /** X-Shopify-Triggered-At. */
  triggeredAt: Time | null;
  heardAt: Time;
  /** When it is read. */
  now: Time;
  /** The webhook's number in our books: it settles which of two is newer where Shopify's times are the same. */
  arrival: string;
  /** The shop as it is known now. */
  shop: Shop;
  /** The domains that Shopify may call it by; absent: the one under which it is kept. */
  names?: string[];
  /** Makes a stable pseudonym of a token or id. */
  pseudonym: (text: string) => string;
}

/** The last known state of a thing, kept between webhooks. */
export interface Snapshot {
  /** "cart", "customer", "visitor" … */
  kind: string;
  id: string;
  version: string;
  data: unknown;
  /** null: it does not expire by itself. */
  expiresAt: Time | null;
}
export interface SnapshotKey {
  kind: string;
  id: string;
}
export type Known = (key: SnapshotKey) => Snapshot | undefined;

export interface Normalized {
  events: Event[];
  /** Snapshots that are new or changed. */
  snapshots: Snapshot[];
  /** Facts of the shop that the webhook told. */
  shop?: Shop;
}

export type Reading =
  /** `needs` says which snapshots `normalize` will ask for, `more` which it asks for by what these say; all are pure. */
  | {
      is: "events";
      needs: SnapshotKey[];
      more?: (known: Known) => SnapshotKey[];
      normalize: (known: Known) => Normalized;
    }
  /** No reader for the topic. */
  | { is: "ignored" }
  /** A compliance topic: worked off by its own code, not by a reader. */
  | { is: "waiting" }
  | { is: "uninstalled" }
  /** The merchant granted the app other scopes than before. */
  | { is: "scopes"; scopes: string[] }
  /** A bulk operation of ours, by Shopify's id. */
  | { is: "bulk ended"; operation: string }
  /** All of the shop is to be erased: it left two days ago. */
  | { is: "redacted" }
  | { is: "unreadable"; reason: Reason };
