// What a product loses: told by every later state for thirty days, whatever is superseded, redelivered or late.
import { expect, test } from "vitest";
import { product } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-10-01T12:00:00Z");
const variants = (...ids: number[]) => ids.map((id) => ({ id, title: "Blue", price: "12.50", position: 1 }));
const images = (...ids: number[]) => ids.map((id) => ({ id, src: `https://cdn.example.com/${id}.jpg`, position: 1 }));

interface State {
  day: number;
  title?: string;
  [field: string]: unknown;
}
function state({ day, ...over }: State) {
  const updated_at = new Date(START + day * DAY).toISOString();
  return { topic: "products/update", body: product({ updated_at, images: [], ...over }) };
}
/** What the newest state says is gone. */
function gone(books: Books) {
  const newest = books.newest("product:501");
  if (newest?.kind !== "product.saved") throw new Error("no product");
  return [newest.product.goneVariantIds, newest.product.goneImageIds];
}
function after(...states: State[]) {
  const books = new Books();
  for (const one of states) books.hear(state(one));
  return gone(books);
}

test("a product that lost nothing says nothing of it", () => {
  const books = new Books();
  books.hear(state({ day: 0, variants: variants(601) }));
  books.hear(state({ day: 1, variants: variants(601, 602) }));
  for (const { product } of books.of("product.saved")) {
    expect(Object.keys(product).filter((name) => name.startsWith("gone"))).toEqual([]);
  }
});

test("variants and images that are there no more are gone", () => {
  const before = { variants: variants(601, 602, 603), images: images(901, 902) };
  expect(after({ day: 0, ...before }, { day: 1, variants: variants(602), images: images(901) })).toEqual([
    ["601", "603"],
    ["902"],
  ]);
});

test("later states tell it again for thirty days from when it went, however long it had been there", () => {
  const long = [
    { day: 0, variants: variants(601, 602) },
    { day: 60, variants: variants(601) },
  ];
  const title = "Mug";
  expect(after(...long)).toEqual([["602"], undefined]);
  expect(after(...long, { day: 89, variants: variants(601), title })).toEqual([["602"], undefined]);
  expect(after(...long, { day: 90, variants: variants(601), title })).toEqual([undefined, undefined]);
});

test("what comes back is not gone", () => {
  const states = [variants(601, 602), variants(601), variants(601, 602)];
  expect(after(...states.map((variants, day) => ({ day, variants })))).toEqual([undefined, undefined]);
});

test("a late older state changes nothing, and a state that comes again is no event", () => {
  const books = new Books();
  const removed = state({ day: 3, variants: variants(601) });
  books.hear(state({ day: 1, variants: variants(601, 602) }));
  books.hear(removed);
  books.hear(state({ day: 2, variants: variants(602, 604), title: "Late" }));
  expect(gone(books)).toEqual([["602"], undefined]);
  expect(books.hear(removed)).toEqual([]);
  books.hear(state({ day: 4, variants: variants(601), title: "Mug" }));
  expect(gone(books)).toEqual([["602"], undefined]);
  expect(books.hear(removed)).toEqual([]);
});

test("a variant without a price is there all the same", () => {
  const bare = [...variants(601), { id: 602 }];
  expect(after({ day: 0, variants: variants(601, 602) }, { day: 1, variants: bare })).toEqual([undefined, undefined]);
});

test("a list that is missing, empty or cannot be read takes nothing away", () => {
  const whole = { day: 0, variants: variants(601, 602), images: images(901) };
  const unreadable = [...variants(601), { id: "none" }];
  for (const given of [undefined, null, [], "none", unreadable]) {
    const told = { day: 1, variants: given, images: given?.length === 0 ? images(901) : given };
    expect(after(whole, told), JSON.stringify(given)).toEqual([undefined, undefined]);
  }
});

test("of more than a hundred variants the webhook tells the ids apart, and without them nothing is taken for gone", () => {
  const all = Array.from({ length: 120 }, (_, at) => 6_000 + at);
  const gids = (ids: number[]) => ids.map((id) => ({ admin_graphql_api_id: `gid://shopify/ProductVariant/${id}` }));
  const first = { variants: variants(...all.slice(0, 100)) };
  const before = { day: 0, ...first, variant_gids: gids(all) };
  expect(after(before, { day: 1, ...first })).toEqual([undefined, undefined]);
  expect(after(before, { day: 1, ...first, variant_gids: gids(all.slice(0, 119)) })).toEqual([["6119"], undefined]);
});

test("no more are kept than a product can have", () => {
  const many = Array.from({ length: 3_000 }, (_, at) => ({
    admin_graphql_api_id: `gid://shopify/ProductVariant/${at + 1}`,
  }));
  const [goneVariants] = after({ day: 0, variant_gids: many }, { day: 1, variants: variants(9_001) });
  expect(goneVariants).toHaveLength(2_048);
});

test("of a product that is deleted nothing is remembered, and a late update does not bring it back", () => {
  const books = new Books();
  books.hear(state({ day: 0, variants: variants(601, 602) }));
  books.hear({ topic: "products/delete", body: { id: 501 } });
  books.hear(state({ day: 1, variants: variants(601) }));
  const kept = books.snapshots.get("product 501");
  expect(JSON.stringify(kept?.data)).not.toContain("60");
  expect(kept?.expiresAt).toBe("2026-12-21T10:00:00.000Z");
});
