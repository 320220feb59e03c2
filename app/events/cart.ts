// Reads carts by difference: Shopify tells a cart as a whole, and an event says what was added and what was taken out.
import { compare, less, times } from "./decimal.ts";
import type { EventOf } from "./event.ts";
import type { Decimal, Item, Time } from "./facts.ts";
import { count, currency, decimal, field, must, object, objects, text, time } from "./fields.ts";
import { ware } from "./item.ts";
import type { Fields } from "./json.ts";
import type { Heard, Known, Normalized, Reading, Snapshot } from "./reading.ts";
import type { Cart } from "./shopping.ts";
import { told } from "./source.ts";
import { rememberSource, sourceKeys } from "./source-memory.ts";
import { tokenOf } from "./token.ts";
import { fingerprint, frame, stamp, utc, when } from "./version.ts";
import { remember, type Tokens, visitor, visitorKeys } from "./visitor.ts";
import { asInCatalog, namedApart, wareKeys } from "./wares.ts";

/** One line's facts: how many, and the price and discount of one piece. */
interface Line {
  ware: ReturnType<typeof ware>;
  quantity: number;
  price: Decimal;
  discount: Decimal;
}
/** By line identity: variant and properties, since Shopify's own line key changes with discounts. */
type Lines = Record<string, Line>;

type CartEvent = EventOf<"cart.created" | "cart.changed">;

/** What a snapshot of kind "cart" holds. */
interface KnownCart {
  stamp: string;
  lines: Lines;
  /** Fingerprints of all that came with this very stamp: only a new one of them is a change. */
  seen: string[];
}

const life = 30 * 24 * 60 * 60 * 1000;

/** carts/create, carts/update. @throws Unreadable */
export function readCart(body: Fields, heard: Heard): Reading {
  const token =
    tokenOf(field(body, "token")) ??
    must((from, name) => tokenOf(field(from, name)), body, "id", "a cart token", "token");
  const updatedAt = when(heard, time(body, "updated_at"));
  const own = told(body);
  const tokens: Tokens = { cart: token, embed: own.visitorId };
  const cameBy = sourceKeys(tokens);
  const cartKey = { kind: "cart", id: token };
  const normalize = (known: Known): Normalized => {
    const who = visitor(tokens, own, known, heard);
    const lines = linesOf(body);
    const cart: Cart = { ...who, token, updatedAt, currency: cartCurrency(body), items: [], source: own.source };
    const sources = cameBy.flatMap((key) => rememberSource(key, own, who.consent, updatedAt, known, heard));
    const snapshots = [...sources, ...remember(tokens, who, updatedAt, known, heard)];
    const { event, snapshot } = difference(cart, lines, known(cartKey), updatedAt, heard);
    return {
      events: event ? [inCatalog(event, known)] : [],
      snapshots: snapshot ? [...snapshots, snapshot] : snapshots,
    };
  };
  return {
    is: "events",
    needs: [cartKey, ...cameBy, ...visitorKeys(tokens), ...wareKeys(itemsOf(linesOf(body)))],
    normalize,
  };
}

/** What was taken out may be of a product that the webhook does not name any more: it keeps its title. */
function inCatalog(event: CartEvent, known: Known): CartEvent {
  const [items, added] = [event.cart.items, event.added].map((all) => asInCatalog(namedApart(all, known), known));
  return { ...event, cart: { ...event.cart, items: items ?? [] }, added: added ?? [] };
}

function difference(cart: Cart, lines: Lines, before: Snapshot | undefined, updatedAt: Time, heard: Heard) {
  const was = before?.data as KnownCart | undefined;
  const now = { stamp: stamp(heard, updatedAt), hash: fingerprint([cart.token, lines]) };
  if (was && (now.stamp < was.stamp || (now.stamp === was.stamp && was.seen.includes(now.hash)))) return {};
  const seen = was?.stamp === now.stamp ? [...was.seen, now.hash] : [now.hash];
  const snapshot: Snapshot = {
    kind: "cart",
    id: cart.token,
    version: now.stamp,
    data: { stamp: now.stamp, lines, seen } satisfies KnownCart,
    expiresAt: new Date(Date.parse(heard.heardAt) + life).toISOString(),
  };
  const added = more(lines, was?.lines ?? {});
  const removed = more(was?.lines ?? {}, lines);
  if (added.length === 0 && removed.length === 0) return { snapshot };
  const event: CartEvent = {
    kind: was ? "cart.changed" : "cart.created",
    key: `cart:${cart.token}@${utc(updatedAt)}#${now.hash}`,
    subject: `cart:${cart.token}`,
    occurredAt: updatedAt,
    version: null,
    ...frame(heard, updatedAt),
    cart: { ...cart, items: itemsOf(lines) },
    added,
    removed,
  };
  return { event, snapshot };
}

const itemsOf = (lines: Lines): Item[] => Object.keys(lines).flatMap((name) => piece(name, lines[name]) ?? []);

/** By how much the lines are more than the others. */
function more(lines: Lines, others: Lines): Item[] {
  return Object.keys(lines).flatMap((name) => {
    const extra = (lines[name]?.quantity ?? 0) - (others[name]?.quantity ?? 0);
    return extra > 0 ? (piece(name, lines[name], extra) ?? []) : [];
  });
}

function piece(lineId: string, line: Line | undefined, quantity = line?.quantity ?? 0): Item | null {
  return line
    ? { lineId, ...line.ware, quantity, price: line.price, discount: times(line.discount, quantity), tax: "0" }
    : null;
}

function linesOf(body: Fields): Lines {
  const lines: Lines = Object.create(null);
  for (const from of objects(body, "line_items")) {
    const quantity = count(from, "quantity");
    const price = amount(from, "original_price", "price") ?? amount(from, "price", "price");
    if (!quantity || !price) continue;
    const facts = ware(from);
    const name = identity(from, facts);
    const discounted = amount(from, "discounted_price", "discounted_price") ?? price;
    const together = quantity + (lines[name]?.quantity ?? 0);
    const discount = compare(discounted, price) < 0 ? less(price, discounted) : "0";
    lines[name] = { ware: facts, quantity: together, price, discount };
  }
  return lines;
}

/** In the shop's currency where the line says so; the plain field otherwise. */
const amount = (line: Fields, plain: string, set: string): Decimal | null =>
  decimal(object(object(line, `${set}_set`), "shop_money"), "amount") ?? decimal(line, plain);

function identity(line: Fields, facts: Line["ware"]): string {
  const of = facts.variantId ?? text(line, "key") ?? fingerprint(facts);
  const properties = field(line, "properties");
  const chosen = fingerprint(properties ?? {});
  const none = chosen === fingerprint({}) || chosen === fingerprint([]);
  return none ? of : `${of}:${chosen}`;
}

/** A cart names its currency in its lines only. */
function cartCurrency(body: Fields): string | null {
  const codes = objects(body, "line_items").map((line) =>
    currency(object(object(line, "price_set"), "shop_money"), "currency_code"),
  );
  return codes.find((code) => code !== null) ?? null;
}
