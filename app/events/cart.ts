// Reads carts by difference: Shopify tells a cart as a whole, and an event says what was added and what was taken out.
import { least, less, most, sum, times } from "./decimal.ts";
import type { EventOf } from "./event.ts";
import type { Decimal, Item, Time } from "./facts.ts";
import { count, currency, decimal, field, must, object, objects, text, time } from "./fields.ts";
import { ware } from "./item.ts";
import type { Fields } from "./json.ts";
import { subjectOf } from "./keys.ts";
import type { Heard, Known, Normalized, Reading, Snapshot } from "./reading.ts";
import type { Cart } from "./shopping.ts";
import { told } from "./source.ts";
import { rememberSource, sourceKeys } from "./source-memory.ts";
import { tokenOf } from "./token.ts";
import { fingerprint, frame, stamp, utc, when } from "./version.ts";
import { remember, type Tokens, visitor, visitorKeys } from "./visitor.ts";
import { asInCatalog, namedApart, wareKeys } from "./wares.ts";

/** One line's facts: how many, the price of one piece before discounts, and what all of them come to. */
interface Line {
  ware: ReturnType<typeof ware>;
  quantity: number;
  price: Decimal;
  worth: Decimal;
}
/** By line identity: variant and properties, since Shopify's own line key changes with discounts. */
type Lines = Record<string, Line>;

type CartEvent = EventOf<"cart.created" | "cart.changed">;

/** What a snapshot of kind "cart" holds. */
interface KnownCart {
  stamp: string;
  lines: Lines;
  /** The last that was told: an emptied cart has no line to tell it. */
  currency?: string | null;
  /** Fingerprints of all that came with this very stamp: only a new one of them is a change. */
  seen: string[];
}

const life = 30 * 24 * 60 * 60 * 1000;

/** carts/create, carts/update. @throws Unreadable */
export function readCart(body: Fields, heard: Heard): Reading {
  const token =
    tokenOf(field(body, "token")) ??
    must((from, name) => tokenOf(field(from, name)), body, "id", "a_cart_token", "token");
  const updatedAt = when(heard, time(body, "updated_at"));
  const own = told(body);
  const tokens: Tokens = { cart: token, embed: own.visitorId };
  const cameBy = sourceKeys(tokens);
  const cartKey = { kind: "cart", id: token };
  const normalize = (known: Known): Normalized => {
    const who = visitor(tokens, own, known, heard);
    const lines = linesOf(body);
    const was = known(cartKey)?.data as KnownCart | undefined;
    const currency = cartCurrency(body) ?? was?.currency ?? null;
    const cart: Cart = { ...who, token, updatedAt, currency, items: [], source: own.source };
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
    data: { stamp: now.stamp, lines, currency: cart.currency, seen } satisfies KnownCart,
    expiresAt: new Date(Date.parse(heard.heardAt) + life).toISOString(),
  };
  const added = more(lines, was?.lines ?? {});
  const removed = more(was?.lines ?? {}, lines);
  if (added.length === 0 && removed.length === 0) return { snapshot };
  const event: CartEvent = {
    kind: was ? "cart.changed" : "cart.created",
    key: `cart:${cart.token}@${utc(updatedAt)}#${now.hash}`,
    subject: subjectOf("cart", cart.token),
    occurredAt: updatedAt,
    version: null,
    ...frame(heard, updatedAt),
    cart: { ...cart, items: itemsOf(lines) },
    added,
    removed,
  };
  return { event, snapshot };
}

const itemsOf = (lines: Lines): Item[] => Object.entries(lines).map(([name, line]) => piece(name, line));

/** A line may have any name, "constructor" too. */
const own = (lines: Lines, name: string): Line | undefined => (Object.hasOwn(lines, name) ? lines[name] : undefined);

/** By how much the lines are more than the others. */
function more(lines: Lines, others: Lines): Item[] {
  return Object.keys(lines).flatMap((name) => {
    const [line, other] = [own(lines, name), own(others, name)];
    const extra = (line?.quantity ?? 0) - (other?.quantity ?? 0);
    return line && extra > 0 ? piece(name, line, extra, other ? between(line, other, extra) : worthOf(line)) : [];
  });
}

/** What the cart's worth grew by, so that all that was added comes to what is in it; a piece costs between nothing and its price. */
const between = (line: Line, other: Line, extra: number): Decimal =>
  most(least(less(worthOf(line), worthOf(other)), times(line.price, extra)), "0");

const piece = (lineId: string, line: Line, quantity = line.quantity, worth = worthOf(line)): Item => ({
  ...{ lineId, ...line.ware, quantity, price: line.price },
  ...{ discount: less(times(line.price, quantity), worth), tax: "0" },
});

/** A cart that was kept before worth was may have the discount of one piece in its place. */
const worthOf = (line: Line & { discount?: Decimal }): Decimal =>
  line.worth ?? times(less(line.price, line.discount ?? "0"), line.quantity);

function linesOf(body: Fields): Lines {
  const lines: Lines = Object.create(null);
  for (const from of objects(body, "line_items")) {
    const quantity = count(from, "quantity");
    const price = amount(from, "original_price", "price") ?? amount(from, "price", "price");
    if (!quantity || !price) continue;
    const facts = ware(from);
    const name = identity(from, facts);
    const discounted = least(amount(from, "discounted_price", "discounted_price") ?? price, price);
    const before = lines[name];
    lines[name] = {
      ware: facts,
      quantity: quantity + (before?.quantity ?? 0),
      price: most(price, before?.price ?? "0"),
      worth: sum(times(discounted, quantity), ...(before ? [before.worth] : [])),
    };
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

/** A cart names its currency in its lines' price sets; where it has a field of its own for it, there too. */
function cartCurrency(body: Fields): string | null {
  const codes = objects(body, "line_items").map((line) =>
    currency(object(object(line, "price_set"), "shop_money"), "currency_code"),
  );
  return codes.find((code) => code !== null) ?? currency(body, "currency");
}
