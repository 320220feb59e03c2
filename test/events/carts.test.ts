// Carts and checkouts by example.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "../../app/events/facts.ts";
import { worth } from "../../app/events/item.ts";
import { customer, money } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";
import { cart, cartLine, checkout } from "../support/visits.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 17, 0, seconds)).toISOString();
const update = (lines: Record<string, unknown>[], seconds: number, over = {}) => ({
  topic: "carts/update",
  body: cart(lines, { updated_at: at(seconds), ...over }),
});
const pieces = (items: { variantId: string | null; quantity: number }[]) =>
  items.map((item) => `${item.quantity} of ${item.variantId}`);

test("a cart that grows to 3 + 1, loses the 3 and is repeated gives 4 pieces added, 3 removed, nothing else", () => {
  const books = new Books();
  const sent = [
    update([cartLine(601, 3)], 1),
    update([cartLine(601, 3), cartLine(602, 1)], 2),
    update([cartLine(602, 1)], 3),
  ];
  for (const one of [...sent, ...sent]) books.hear(one);
  const [created, ...changed] = [...books.events.values()];
  expect(created).toMatchObject({ kind: "cart.created" });
  expect(created?.kind === "cart.created" && pieces(created.added)).toEqual(["3 of 601"]);
  expect(books.of("cart.changed").map((one) => [pieces(one.added), pieces(one.removed)])).toEqual([
    [["1 of 602"], []],
    [[], ["3 of 601"]],
  ]);
  expect(changed).toHaveLength(2);
});

test("an older cart after a newer one changes nothing", () => {
  const books = new Books();
  books.hear(update([cartLine(601, 1)], 9));
  expect(books.hear(update([cartLine(601, 5)], 5))).toEqual([]);
});

test("of two carts of one moment the later to come counts, and neither counts again", () => {
  const books = new Books();
  const [one, other] = [update([cartLine(601, 1)], 1), update([cartLine(601, 2)], 1)];
  expect([one, other, one].map((sent) => books.hear(sent).length)).toEqual([1, 1, 0]);
  expect(books.hear(update([cartLine(601, 3)], 2))).toMatchObject([{ added: [{ quantity: 1 }] }]);
});

test("an event's key is the same whenever and however often the cart comes", () => {
  const key = (sent: ReturnType<typeof update>[]) => {
    const books = new Books();
    for (const one of sent) books.hear(one);
    return [...books.events.keys()].at(-1);
  };
  const [first, second] = [update([cartLine(601, 1)], 1), update([cartLine(601, 4)], 2)];
  expect(key([first, second])).toBe(key([second, first, second]));
});

test.each(["constructor", "__proto__", "toString"])("a line may be called %s", (name) => {
  const books = new Books();
  const line = { ...cartLine(601, 2), variant_id: null, product_id: null, id: name, key: name, title: name };
  expect(books.hear(update([line], 1))).toMatchObject([{ added: [{ quantity: 2 }] }]);
  expect(books.hear(update([], 2))).toMatchObject([{ added: [], removed: [{ quantity: 2 }] }]);
});

test("an empty cart is no event, and emptying one is", () => {
  const books = new Books();
  expect(books.hear(update([], 1))).toEqual([]);
  books.hear(update([cartLine(601, 2)], 2));
  expect(books.hear(update([], 3))).toMatchObject([{ kind: "cart.changed", added: [], removed: [{ quantity: 2 }] }]);
});

test("lines of one variant are told apart by their properties alone", () => {
  const books = new Books();
  const engraved = (text: string) => cartLine(601, 1, { properties: { Engraving: text } });
  books.hear(update([engraved("A"), engraved("B"), cartLine(601, 1), cartLine(601, 1, { key: "another" })], 1));
  expect(books.hear(update([cartLine(601, 2), engraved("A"), engraved("C")], 2))).toMatchObject([
    {
      added: [{ quantity: 1 }],
      removed: [{ quantity: 1 }],
      cart: { items: [{ quantity: 2 }, { quantity: 1 }, { quantity: 1 }] },
    },
  ]);
});

test("all forms of a cart's token are one cart", () => {
  const books = new Books();
  const bare = "hWN2abcDEF_0123-xyz";
  books.hear(update([cartLine(601, 1)], 1, { token: bare }));
  const again = `gid://shopify/Cart/${bare}?key=5f0e`;
  expect(books.hear(update([cartLine(601, 2)], 2, { token: again }))).toMatchObject([{ subject: `cart:${bare}` }]);
});

test("a line's price is in the shop's currency, its discount exact for the pieces that came", () => {
  const books = new Books();
  const over = {
    price_set: money("12.50", "142.00", "EUR", "SEK"),
    discounted_price_set: money("11.15", "126.00", "EUR", "SEK"),
  };
  books.hear(update([cartLine(601, 3, { ...over, price: "142.00", original_price: "142.00" })], 1));
  expect(books.of("cart.created")[0]).toMatchObject({
    cart: { currency: "EUR" },
    added: [{ price: "12.50", discount: "4.05" }],
  });
});

test("a checkout is started once, and its buyer is reachable once", () => {
  const books = new Books();
  books.hear({ topic: "checkouts/update", body: checkout() });
  books.hear({ topic: "checkouts/create", body: checkout() });
  expect([...books.events.keys()]).toEqual([`checkout:${checkout().token}`]);
  const updated_at = "2026-11-20T17:58:00+01:00";
  books.hear({ topic: "checkouts/update", body: checkout({ email: "nora@example.com", updated_at }) });
  books.hear({ topic: "checkouts/update", body: checkout({ customer: customer(), updated_at }) });
  expect(books.of("checkout.contact_given")).toMatchObject([
    { key: `contact:${checkout().token}`, occurredAt: updated_at, checkout: { email: "nora@example.com" } },
  ]);
});

test("a checkout's amounts are in the buyer's currency", () => {
  const books = new Books();
  books.hear({ topic: "checkouts/create", body: checkout({ presentment_currency: "SEK", total_price: "341.00" }) });
  expect(books.of("checkout.started")[0]?.checkout.amounts).toMatchObject({ currency: "SEK", total: "341.00" });
});

const mug = (quantity: number, discounted: string) =>
  cartLine(701, quantity, {
    ...{ key: `701:${discounted}`, price: "12.00", original_price: "12.00", price_set: money("12.00") },
    ...{ discounted_price: discounted, discounted_price_set: money(discounted) },
  });
const worthOf = (items: Item[]) => [items.reduce((sum, { quantity }) => sum + quantity, 0), worth(items)];

test("a variant in two lines, one of them free, is all of its pieces for what they cost", () => {
  for (const lines of [
    [mug(9, "12.00"), mug(1, "0.00")],
    [mug(1, "0.00"), mug(9, "12.00")],
  ]) {
    const books = new Books();
    books.hear(update(lines, 1));
    expect(worthOf(books.of("cart.created")[0]?.added ?? [])).toEqual([10, "108.00"]);
  }
});

test("a free piece that is added is a piece for nothing, and one that is taken out again, too", () => {
  const books = new Books();
  books.hear(update([mug(9, "12.00")], 1));
  books.hear(update([mug(9, "12.00"), mug(1, "0.00")], 2));
  books.hear(update([mug(9, "12.00")], 3));
  const [more, fewer] = books.of("cart.changed");
  expect(worthOf(more?.added ?? [])).toEqual([1, "0.00"]);
  expect(worthOf(fewer?.removed ?? [])).toEqual([1, "0.00"]);
});

test("whatever lines a variant is split into, pieces and worth added are those of the cart", () => {
  const split = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom("12.00", "8.40", "0.00")), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(split, (parts) => {
      const books = new Books();
      books.hear(
        update(
          parts.map(([quantity, price]) => mug(quantity, price)),
          1,
        ),
      );
      const cents = parts.reduce((sum, [quantity, price]) => sum + quantity * Math.round(Number(price) * 100), 0);
      const pieces = parts.reduce((sum, [quantity]) => sum + quantity, 0);
      expect(worthOf(books.of("cart.created")[0]?.added ?? [])).toEqual([pieces, (cents / 100).toFixed(2)]);
    }),
  );
});

test("a cart that is emptied keeps its currency; one that never told it has none", () => {
  const books = new Books();
  books.hear(update([mug(2, "12.00")], 1));
  books.hear(update([], 2));
  expect(books.of("cart.changed")[0]?.cart).toMatchObject({ currency: "EUR", items: [] });
  const plain = new Books();
  plain.hear(update([cartLine(601, 1, { price_set: null, discounted_price_set: null })], 1));
  expect(plain.of("cart.created")[0]).toMatchObject({ cart: { currency: null }, added: [{ price: "12.50" }] });
});
