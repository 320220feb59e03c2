// Gives the items of events the metafield of their products that a connection goes by: asked of the shop, and kept for a while.
import type { Event } from "../../events/event.ts";
import type { Item } from "../../events/facts.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { loadSnapshots, saveSnapshots } from "../snapshots.ts";
import type { Claimed } from "./claim.ts";
import type { Run } from "./run.ts";
import { settle } from "./settle.ts";
import { unchanged } from "./work.ts";

const MINUTE = 60_000;
const KNOWN_FOR = 60 * MINUTE;
/** One that is missing may be set just now. */
const MISSING_FOR = 5 * MINUTE;
const LOOK_AGAIN = MINUTE;

/** @returns the deliveries with what is known; those whose products nobody could be asked about wait a minute. */
export async function withMetafields(run: Run, claimed: Claimed[]): Promise<Claimed[]> {
  const { sheet, settings } = run.connection;
  const name = sheet.productMetafield?.(settings);
  if (!name) return claimed;
  const ids = new Set(claimed.flatMap(({ event }) => productsOf(event)));
  const known = await valuesOf(run, name, [...ids]);
  const waits = ({ event }: Claimed) => productsOf(event).some((id) => !known.has(id));
  const now = run.road.clock();
  const later = claimed.filter(waits).map((delivery) => ({
    ...unchanged(delivery),
    dueAt: new Date(now.getTime() + LOOK_AGAIN),
    reason: because("metafield_unasked", { name }),
  }));
  if (later.length > 0) await settle(run.road.db, run.lease, later, now);
  return claimed
    .filter((delivery) => !waits(delivery))
    .map((delivery) => ({ ...delivery, event: told(delivery.event, known) }));
}

/** "" where the product has none; a product is missing where the shop could not be asked. */
async function valuesOf({ road, connection }: Run, name: string, ids: string[]): Promise<Map<string, string>> {
  const { shop } = connection;
  const now = road.clock();
  const values = await valuesKept(road, shop, name, ids);
  const missing = ids.filter((id) => !values.has(id));
  const answered = missing.length > 0 ? await road.askProducts?.(shop, name, missing) : null;
  if (!answered) return values;
  const fresh = missing.map((id) => {
    const data = answered.get(id) ?? "";
    values.set(id, data);
    const expiresAt = new Date(now.getTime() + (data ? KNOWN_FOR : MISSING_FOR)).toISOString();
    return { kind: "metafield", id: keyOf(name, id), version: now.toISOString(), data, expiresAt };
  });
  await saveSnapshots(road.db, shop, fresh);
  return values;
}

const keyOf = (name: string, id: string) => `${name}:${id}`;

/** Asks nobody. */
export async function valuesKept(
  { db, clock }: Pick<Road, "db" | "clock">,
  shop: string,
  name: string,
  ids: string[],
): Promise<Map<string, string>> {
  const keys = ids.map((id) => ({ kind: "metafield", id: keyOf(name, id) }));
  const kept = (await loadSnapshots(db, shop, keys)).filter(
    ({ expiresAt }) => expiresAt && Date.parse(expiresAt) > clock().getTime(),
  );
  return new Map(kept.map(({ id, data }) => [id.slice(keyOf(name, "").length), data as string]));
}

export const productsOf = (event: Event): string[] => itemsOf(event).flatMap(({ productId }) => productId ?? []);

/** What a vendor is told of single products by. */
function itemsOf(event: Event): Item[] {
  if ("order" in event && event.order) return event.order.items;
  if ("added" in event) return event.added;
  return "item" in event ? [event.item] : [];
}

/** The event with what is known of its products. */
export function told(event: Event, known: Map<string, string>): Event {
  const named = (item: Item): Item => ({ ...item, metafield: known.get(item.productId ?? "") || undefined });
  if ("order" in event && event.order)
    return { ...event, order: { ...event.order, items: event.order.items.map(named) } } as Event;
  if ("added" in event) return { ...event, added: event.added.map(named) };
  return "item" in event ? { ...event, item: named(event.item) } : event;
}
