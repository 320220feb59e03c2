// A shop that Shopify's stand-in remembers, what the app hears of it by GraphQL, and events without what GraphQL cannot tell.
import type { Ask } from "../../app/shopify/asking.ts";
import { outcomeOf } from "../../app/shopify/outcome.ts";
import { type Resource, retell } from "../../app/shopify/retold/retell.ts";
import { openStandIn, type StandIn } from "../../sandbox/shopify/stand-in.ts";
import { type Body, product } from "./payloads.ts";
import { Books, type Sent } from "./readings.ts";

const TYPE = { orders: "Order", customers: "Customer", products: "Product" } as const;

export interface Memory {
  standIn: StandIn;
  /** Asks the stand-in, without the way between. */
  ask: Ask;
  /** @returns the body that GraphQL makes of it. */
  retold(resource: Resource, id: unknown): Promise<Body>;
  /** The shop has this order, and what it is of, and nothing else. @returns what the app hears of it by GraphQL. */
  tells(body: Body): Promise<Body>;
}

export async function openMemory(): Promise<Memory> {
  const standIn = openStandIn({ clock: () => Date.parse("2026-11-22T12:00:00Z") });
  standIn.world.limited = false;
  const admin = await standIn.admin();
  const ask: Ask = async ({ query, usable }, variables = {}) =>
    outcomeOf(JSON.parse(JSON.stringify(admin.answer({ query, variables }))), usable);
  const { memory } = standIn;
  async function retold(resource: Resource, id: unknown): Promise<Body> {
    const told = await retell[resource](ask, `gid://shopify/${TYPE[resource]}/${id}`);
    if (told.is !== "told") throw new Error(JSON.stringify(told));
    return told.body;
  }
  return {
    ...{ standIn, ask, retold },
    tells(body) {
      const order = JSON.parse(JSON.stringify(body));
      for (const all of [memory.orders, memory.customers, memory.products]) all.clear();
      for (const product of productsIn(order)) memory.remember("products/update", product);
      memory.remember("orders/updated", order);
      return retold("orders", order.id);
    },
  };
}

function productsIn(order: Body): Body[] {
  const variants = new Map<unknown, Body[]>();
  for (const { product_id, variant_id } of order.line_items as Body[])
    variants.set(product_id, [
      ...(variants.get(product_id) ?? []),
      { id: variant_id, title: "Blue", price: "12.50", position: 1 },
    ]);
  variants.delete(null);
  return [...variants].map(([id, some]) => JSON.parse(JSON.stringify(product({ id, variants: some }))));
}

/**
 * As Shopify writes an order: its customer has no list of addresses, a refund carries the lines that came back, and no set says another
 * amount than the plain field. Where the buyer landed GraphQL mostly does not know.
 */
export function asShopify(body: Body): Body {
  const { landing_site: _, referring_site: __, customer, ...order } = withoutSets(body) as Body;
  const { addresses: ___, ...buyer } = (customer ?? {}) as Body;
  const lines = order.line_items as Body[];
  const back = (one: Body) => ({ ...one, line_item: lines.find(({ id }) => id === one.line_item_id) });
  const refunds = (order.refunds as Body[]).map((one) => ({
    ...one,
    refund_line_items: (one.refund_line_items as Body[]).map(back),
  }));
  return { ...order, landing_site: null, customer: customer ? buyer : null, refunds };
}

const isRaw = (value: object): boolean => "rawJSON" in value;

function withoutSets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSets);
  if (typeof value !== "object" || value === null || isRaw(value)) return value;
  const has = (name: string) => (value as Body)[name] !== undefined && (value as Body)[name] !== null;
  const kept = Object.entries(value).filter(([name]) => !(name.endsWith("_set") && has(name.slice(0, -4))));
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutSets(one)]));
}

/** What GraphQL cannot tell, or tells in another form of the same. */
const UNTOLD = new Set(["landingPage", "referrer", "codesWorth", "saidAt", "heardAt", "version", "key"]);

/** All events that the webhooks make, by kind; times as moments, without what GraphQL cannot tell. */
export function eventsOf(sent: Sent[]): unknown[] {
  const books = new Books();
  for (const one of sent) books.hear(one);
  return [...books.events.values()]
    .map((event) => plain(event))
    .sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

const text = (value: unknown) => JSON.stringify(value);
const AMOUNT = /^-?\d+\.\d+$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

function plain(value: unknown): unknown {
  if (typeof value === "string" && TIME.test(value)) return new Date(value).toISOString();
  if (typeof value === "string" && AMOUNT.test(value)) return value.replace(/\.?0+$/, "");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => !UNTOLD.has(name));
  return Object.fromEntries(fields.map(([name, one]) => [name, plain(one)]).sort());
}
