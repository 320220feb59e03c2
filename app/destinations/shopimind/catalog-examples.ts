// What ShopiMind is told of products and collections.
import type { Product, Variant } from "../../events/catalog.ts";
import { decimal, integer, type Message } from "../destination.ts";
import type { Example } from "../example.ts";
import { collection, product } from "../sample-catalog.ts";
import { happened } from "../sample-events.ts";
import { shop } from "../samples.ts";

const ID = "7290001112223";
const BLUE = "41220003334445";
const LINK = "https://shop.example.com/products/stoneware-mug";
const PICTURE = "https://shop.example.com/cdn/mug-blue.jpg";
const prices = { price: decimal("15.00"), price_discount: decimal("12.50") };
const body = {
  product_id: integer(ID),
  lang: "de",
  name: "Stoneware mug",
  description: "<p>Holds 300 ml.</p>",
  link: LINK,
  currency: "EUR",
  ...prices,
  quantity_remaining: 40,
  is_active: true,
  created_at: "2026-02-01T07:00:00.000Z",
  updated_at: "2026-11-21T08:30:00.000Z",
  reference: "MUG-BLUE",
  ean13: "4006381333931",
  image_link: PICTURE,
  manufacturer_id: "Nordlicht",
};
const variation = {
  variation_id: integer(BLUE),
  product_id: ID,
  name: "Blue",
  lang: "de",
  link: `${LINK}?variant=${BLUE}`,
  ...prices,
  quantity_remaining: 40,
  is_default: true,
  reference: "MUG-BLUE",
  ean13: "4006381333931",
  image_link: PICTURE,
};
const image = {
  image_id: "3300445566",
  product_id: ID,
  lang: "de",
  url: PICTURE,
  is_default: true,
  variation_id: integer(BLUE),
};
const of = (channel: string, id: string, body: object): Message => ({ channel, id, body });
const [blue] = product().variants as [Variant];
const red: Variant = {
  ...blue,
  id: "41220003334446",
  title: "Red",
  sku: null,
  barcode: "MUG-RED",
  price: "12.50",
  compareAtPrice: null,
  quantity: -3,
  imageId: null,
  position: 2,
};

/** A product without pictures; undefined: the field is absent. */
const saved = (name: string, change: Partial<Product>, differs: object, one: object = {}): Example => ({
  name,
  event: happened("product.saved", { product: product({ images: [], ...change }) }),
  sends: [
    of("products", ID, { ...body, image_link: undefined, ...differs }),
    of("variations", BLUE, { ...variation, image_link: undefined, ...one }),
  ],
});

export const catalogExamples: Example[] = [
  {
    name: "a product, then its variations, then its images",
    event: happened("product.saved"),
    sends: [of("products", ID, body), of("variations", BLUE, variation), of("images", "3300445566", image)],
  },
  {
    name: "several variants: the first is the default, stock is the sum of what is there, a picture of two is the product's",
    event: happened("product.saved", {
      product: product({
        variants: [red, blue],
        images: [
          { id: "3300445577", url: "https://shop.example.com/cdn/both.jpg", position: 2, variantIds: [BLUE, red.id] },
          ...product().images,
        ],
      }),
    }),
    sends: [
      of("products", ID, body),
      of("variations", BLUE, variation),
      of("variations", red.id, {
        variation_id: integer(red.id),
        product_id: ID,
        name: "Red",
        lang: "de",
        link: `${LINK}?variant=${red.id}`,
        price: decimal("12.50"),
        quantity_remaining: 0,
        is_default: false,
      }),
      of("images", "3300445566", image),
      of("images", "3300445577", {
        image_id: "3300445577",
        product_id: ID,
        lang: "de",
        url: "https://shop.example.com/cdn/both.jpg",
        is_default: false,
      }),
    ],
  },
  saved("a draft is not active", { status: "draft" }, { is_active: false }),
  saved("a product that the online shop does not show is not active", { publishedAt: null }, { is_active: false }),
  saved(
    "what is not known is left out, or empty where it is required",
    {
      descriptionHtml: null,
      vendor: null,
      createdAt: null,
      variants: [{ ...blue, sku: null, barcode: null, compareAtPrice: null }],
    },
    {
      description: "",
      manufacturer_id: undefined,
      created_at: "2026-11-21T08:30:00.000Z",
      reference: undefined,
      ean13: undefined,
      price: decimal("12.50"),
      price_discount: undefined,
    },
    { reference: undefined, ean13: undefined, price: decimal("12.50"), price_discount: undefined },
  ),
  saved(
    "a price before that is not higher is no discount",
    { variants: [{ ...blue, compareAtPrice: "12.50" }] },
    { price: decimal("12.50"), price_discount: undefined },
    { price: decimal("12.50"), price_discount: undefined },
  ),
  {
    name: "a product without variants has no price",
    event: happened("product.saved", { product: product({ variants: [] }) }),
    skips: "a product without variants has no price",
  },
  {
    name: "a deleted product is deleted there",
    event: happened("product.deleted"),
    sends: [of("deletions", `products/${ID}`, { resource: "products", id: ID })],
  },
  {
    name: "a collection is a category, in the shop's language",
    event: happened("collection.saved", { shop: shop({ locale: "fr" }) }),
    sends: [
      of("categories", "488100200300", {
        category_id: integer("488100200300"),
        lang: "fr",
        name: "Kitchen",
        description: "<p>For the table.</p>",
        link: "https://shop.example.com/collections/kitchen",
        is_active: true,
        created_at: "2026-02-01T07:00:00.000Z",
        updated_at: "2026-11-21T08:30:00.000Z",
      }),
    ],
  },
  {
    name: "a collection that is not published, with nothing but its title",
    event: happened("collection.saved", {
      collection: collection({ publishedAt: null, handle: null, descriptionHtml: null, updatedAt: null }),
    }),
    sends: [
      of("categories", "488100200300", {
        category_id: integer("488100200300"),
        lang: "de",
        name: "Kitchen",
        description: "",
        link: "https://shop.example.com/",
        is_active: false,
        created_at: "2026-11-21T08:30:00.000Z",
        updated_at: "2026-11-21T08:30:00.000Z",
      }),
    ],
  },
  {
    name: "a deleted collection is deleted there",
    event: happened("collection.deleted"),
    sends: [
      of("deletions", "products-categories/488100200300", { resource: "products-categories", id: "488100200300" }),
    ],
  },
];
