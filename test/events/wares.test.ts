// What is told of a ware is the same in a view, a cart, a checkout and an order: its names, category, picture.
import { expect, test } from "vitest";
import { productMessages } from "../../app/destinations/shopimind/product.ts";
import { cartChanged, productViewed, purchase } from "../../app/destinations/tolinku/messages.ts";
import { PIXEL_POST } from "../../app/events/read.ts";
import { type Body, line, order, product } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";
import { cart, cartLine, seen } from "../support/visits.ts";

type Sent = { items: Record<string, unknown>[] };
const bodyOf = (message: unknown) => JSON.parse(JSON.stringify([message].flat()[0])).body as Sent;
const itemOf = (message: unknown) => bodyOf(message).items[0] ?? {};

function told(books: Books) {
  const [added] = books.of("cart.created");
  const [placed] = books.of("order.placed");
  if (!added || !placed) throw new Error("no cart, or no order");
  return { inCart: itemOf(cartChanged(added)), bought: itemOf(purchase(placed)) };
}

const names = ({ item_name, item_variant }: Record<string, unknown>) => ({ item_name, item_variant });

test.each([
  ["Enamel cup - Blue", { title: "Enamel cup", variant_title: "Blue" }],
  ["Enamel cup", { title: "Enamel cup", variant_title: null }],
  ["Enamel cup - ", { title: "Enamel cup", variant_title: null }],
  ["Cup - large - Blue / 2", { title: "Cup - large", variant_title: "Blue / 2" }],
])("a cart's line %s is named as the order's", (title, inOrder: Body) => {
  const books = new Books();
  books.hear({ topic: "carts/create", body: cart([cartLine(601, 1, { title })]) });
  books.hear({ topic: "orders/create", body: order({ line_items: [line(inOrder)] }) });
  const { inCart, bought } = told(books);
  expect(names(inCart)).toEqual(names(bought));
});

test("a dash in a product's own name is told apart from the variant's by the catalog", () => {
  const books = new Books();
  const only = { id: 601, title: "Default Title", price: "12.50", position: 1 };
  books.hear({ topic: "products/create", body: product({ title: "Cup - large", variants: [only] }) });
  books.hear({ topic: "carts/create", body: cart([cartLine(601, 1, { title: "Cup - large" })]) });
  const bought = line({ title: "Cup - large", variant_title: null });
  books.hear({ topic: "orders/create", body: order({ line_items: [bought] }) });
  expect(names(told(books).inCart)).toEqual({ item_name: "Cup - large" });
  expect(names(told(books).bought)).toEqual({ item_name: "Cup - large" });
});

test("category and picture come from the catalog, the variant's own picture first", () => {
  const books = new Books();
  const images = [
    { id: 900, src: "//cdn.example.com/all.jpg", position: 1, variant_ids: [] },
    { id: 901, src: "//cdn.example.com/blue.jpg", position: 2, variant_ids: [601] },
  ];
  books.hear({ topic: "products/create", body: product({ images }) });
  books.hear({ topic: "carts/create", body: cart([cartLine(601, 1), cartLine(602, 1)]) });
  books.hear({ topic: "orders/create", body: order() });
  const known = { item_category: "Cups", item_image_url: "https://cdn.example.com/blue.jpg" };
  expect(told(books).inCart).toMatchObject(known);
  expect(told(books).bought).toMatchObject(known);
  const [, other] = bodyOf(cartChanged(books.of("cart.created")[0] as never)).items;
  expect(other).toMatchObject({ item_category: "Cups", item_image_url: "https://cdn.example.com/all.jpg" });
});

test("the web pixel tells them of a view, and Shopify's name for the only variant is none", () => {
  const books = new Books();
  const productVariant = {
    id: "601",
    title: "Default Title",
    price: { amount: 12.5, currencyCode: "EUR" },
    image: { src: "//cdn.example.com/blue.jpg" },
    product: { id: "501", title: "Enamel cup", type: "Cups" },
  };
  books.hear({ topic: PIXEL_POST, body: { events: [seen("product_viewed", { data: { productVariant } })] } });
  const [view] = books.of("product.viewed");
  expect(view && itemOf(productViewed(view))).toEqual({
    item_id: "601",
    item_name: "Enamel cup",
    item_category: "Cups",
    item_image_url: "https://cdn.example.com/blue.jpg",
    price: 12.5,
    quantity: 1,
    currency: "EUR",
  });
});

test("at ShopiMind a picture's address has its scheme, and a product with one variant gives it its name", () => {
  const books = new Books();
  const images = [{ id: 901, src: "//cdn.shopify.com/x/shirt.png", position: 1 }];
  const variants = [{ id: 601, title: "Default Title", price: "12.50", position: 1, image_id: 901 }];
  books.hear({ topic: "products/create", body: product({ title: "Oak shelf", images, variants }) });
  const [saved] = books.of("product.saved");
  const messages = saved ? productMessages(saved) : [];
  const all = (Array.isArray(messages) ? messages : []).map(({ body }) => JSON.parse(JSON.stringify(body)));
  expect(all[1].name).toBe("Oak shelf");
  expect([all[0].image_link, all[1].image_link, all[2].url]).toEqual(
    Array.from({ length: 3 }, () => "https://cdn.shopify.com/x/shirt.png"),
  );
});
