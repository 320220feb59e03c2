// Remembers by which channels a shop's orders come, so that its merchant can say which of them count.
import { channelName } from "./channel.ts";
import type { Known, Snapshot, SnapshotKey } from "./reading.ts";
import type { Order } from "./shopping.ts";

export const channelKey = (source: string | null): SnapshotKey[] =>
  source ? [{ kind: "channel", id: source.toLowerCase().slice(0, 100) }] : [];

/** Of channels of others, and of Shopify's for phones where staff wrote the order: the rest have their place in the form. */
export function rememberChannel({ channel, sourceName, cameBy }: Order, known: Known): Snapshot[] {
  const isListed = channel === "marketplace" || channel === "other" || (channel === "mobile" && !cameBy);
  if (!sourceName || !isListed) return [];
  return channelKey(sourceName)
    .filter((key) => !known(key))
    .map((key) => ({ ...key, version: "", data: { name: channelName(sourceName) }, expiresAt: null }));
}
