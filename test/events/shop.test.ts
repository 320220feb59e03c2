// The catalogue, the shop's facts and the web pixel, by example.
import { expect, test } from "vitest";
import { PIXEL_POST, read } from "../../app/events/read.ts";
import { product } from "../support/payloads.ts";
import { Books, heard, shop } from "../support/readings.ts";
import { checkout, seen } from "../support/visits.ts";

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
  books.hear({ topic: PIXEL_POST, body: { events } });
  expect([...books.events.values()]).toMatchObject([
    { kind: "page.viewed", key: "pixel:id-0", page: { path: "/products/enamel-cup", visitorFrom: "pixel" } },
    { kind: "product.viewed", item: { productId: "501", quantity: 1, price: "12.5" }, currency: "EUR" },
    { kind: "collection.viewed", collection: { id: "801" } },
    { kind: "search.submitted", query: "cup" },
    { kind: "cart.viewed", cart: { token, currency: "EUR", items: [{ quantity: 2 }] } },
  ]);
  expect([...books.snapshots.keys()]).toEqual([`visitor cart:${token}`, "visitor checkout:c2a9"]);
});

test("payment facts were given to the checkout that the webhooks told", () => {
  const books = new Books();
  const post = {
    topic: PIXEL_POST,
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
    topic: PIXEL_POST,
    body: { events: [...bad.map((over) => seen("page_viewed", over)), seen("page_viewed")] },
  });
  expect(books.events.size).toBe(1);
  expect(read(heard(PIXEL_POST, { events: "none" })).is).toBe("unreadable");
  expect(read(heard(PIXEL_POST, { events: Array(101).fill(seen("page_viewed")) })).is).toBe("unreadable");
});

test("a visitor's clock that runs ahead does not make the future", () => {
  const books = new Books();
  const timestamp = "2027-01-01T00:00:00Z";
  books.hear({ topic: PIXEL_POST, body: { events: [seen("page_viewed", { timestamp })] } });
  expect(books.of("page.viewed")[0]?.occurredAt).toBe("2026-11-21T10:00:00.000Z");
});
