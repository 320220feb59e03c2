// Carts, checkouts, the catalogue, the shop's facts and the web pixel, by example.
import { expect, test } from "vitest";
import { read } from "../app/events/read.ts";
import { cart, cartLine, checkout, customer, money, product, seen } from "./support/payloads.ts";
import { Books, heard, shop } from "./support/readings.ts";

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

test("an event's key is the same whenever and however often the cart comes", () => {
  const key = (sent: ReturnType<typeof update>[]) => {
    const books = new Books();
    for (const one of sent) books.hear(one);
    return [...books.events.keys()].at(-1);
  };
  const [first, second] = [update([cartLine(601, 1)], 1), update([cartLine(601, 4)], 2)];
  expect(key([first, second])).toBe(key([second, first, second]));
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

test("a product's newest state counts, and deleted it stays", () => {
  const books = new Books();
  books.hear({ topic: "products/update", body: product({ updated_at: "2026-11-21T18:00:00+01:00", title: "Mug" }) });
  books.hear({ topic: "products/create", body: product() });
  expect(books.newest("product:501")).toMatchObject({
    product: {
      title: "Mug",
      tags: ["enamel", "blue"],
      variants: [{ id: "601", quantity: -1 }],
      images: [{ variantIds: ["601"] }],
    },
  });
  books.hear({ topic: "products/delete", body: { id: 501 } });
  books.hear({ topic: "products/update", body: product({ updated_at: "2026-11-22T18:00:00+01:00" }) });
  expect(books.newest("product:501")).toMatchObject({ kind: "product.deleted", productId: "501" });
});

test("a collection is saved and deleted", () => {
  const books = new Books();
  const body = { id: 801, title: "Blue", handle: "blue", body_html: null, updated_at: "2026-11-21T18:00:00+01:00" };
  books.hear({ topic: "collections/create", body });
  books.hear({ topic: "collections/delete", body: { id: 801 } });
  expect([...books.events.values()].map((event) => event.kind)).toEqual(["collection.saved", "collection.deleted"]);
});

test("shop/update tells the shop's facts, and an older one changes nothing", () => {
  const reading = (currency: string, updated_at: string) =>
    read(heard("shop/update", { currency, iana_timezone: "Asia/Tokyo", primary_locale: "ja-JP", updated_at }));
  const newer = reading("JPY", "2026-11-21T18:00:00Z");
  const older = reading("USD", "2026-11-20T18:00:00Z");
  if (newer.is !== "events" || older.is !== "events") throw new Error("not read");
  const { shop: facts, snapshots } = newer.normalize(() => undefined);
  expect(facts).toEqual({ ...shop, currency: "JPY", timeZone: "Asia/Tokyo", locale: "ja" });
  expect(older.normalize(() => snapshots[0]).shop).toBeUndefined();
});

const price = { amount: 12.5, currencyCode: "EUR" };
const variant = {
  id: "601",
  title: "Blue",
  sku: "CUP",
  price,
  product: { id: "501", title: "Enamel cup", vendor: "H" },
};

test("the pixel tells what was looked at", () => {
  const books = new Books();
  const token = "hWN2abcDEF_0123-xyz";
  const events = [
    seen("page_viewed"),
    seen("product_viewed", { data: { productVariant: variant } }),
    seen("collection_viewed", { data: { collection: { id: "801", title: "Blue" } } }),
    seen("search_submitted", { data: { searchResult: { query: "cup" } } }),
    seen("cart_viewed", {
      data: {
        cart: { id: `${token}?key=1`, cost: { totalAmount: price }, lines: [{ quantity: 2, merchandise: variant }] },
      },
    }),
    seen("checkout_completed", { checkoutToken: "c2a9", orderId: "gid://shopify/OrderIdentity/4001" }),
    seen("an unknown one"),
  ].map((one, index) => ({ ...one, id: `id-${index}` }));
  books.hear({ topic: "pixel", body: { events } });
  expect([...books.events.values()]).toMatchObject([
    { kind: "page.viewed", key: "pixel:id-0", page: { path: "/products/enamel-cup", visitorFrom: "pixel" } },
    { kind: "product.viewed", item: { productId: "501", quantity: 1, price: "12.5" }, currency: "EUR" },
    { kind: "collection.viewed", collection: { id: "801" } },
    { kind: "search.submitted", query: "cup" },
    { kind: "cart.viewed", cart: { token, currency: "EUR", items: [{ quantity: 2 }] } },
  ]);
  expect([...books.snapshots.keys()]).toEqual([`visitor cart:${token}`, "visitor checkout:c2a9", "visitor order:4001"]);
});

test("payment facts were given to the checkout that the webhooks told", () => {
  const books = new Books();
  const post = {
    topic: "pixel",
    body: { events: [seen("payment_info_submitted", { checkoutToken: checkout().token })] },
  };
  expect(books.hear(post)).toEqual([]);
  books.hear({ topic: "checkouts/create", body: checkout() });
  expect(books.hear(post)).toMatchObject([
    { key: `payment:${checkout().token}`, checkout: { visitorFrom: "pixel", amounts: { total: "29.90" } } },
  ]);
});

test("the pixel's events are left out one by one where they are no good", () => {
  const books = new Books();
  const bad = [
    { id: "<b>" },
    { clientId: null },
    { timestamp: "yesterday" },
    { context: { url: "javascript:alert(1)" } },
  ];
  books.hear({
    topic: "pixel",
    body: { events: [...bad.map((over) => seen("page_viewed", over)), seen("page_viewed")] },
  });
  expect(books.events.size).toBe(1);
  expect(read(heard("pixel", { events: "none" })).is).toBe("unreadable");
  expect(read(heard("pixel", { events: Array(101).fill(seen("page_viewed")) })).is).toBe("unreadable");
});

test("a visitor's clock that runs ahead does not make the future", () => {
  const books = new Books();
  const timestamp = "2027-01-01T00:00:00Z";
  books.hear({ topic: "pixel", body: { events: [seen("page_viewed", { timestamp })] } });
  expect(books.of("page.viewed")[0]?.occurredAt).toBe("2026-11-21T10:00:00.000Z");
});
