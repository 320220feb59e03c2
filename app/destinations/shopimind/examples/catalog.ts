// What ShopiMind is told of products.
import type { Product, Variant } from "../../../events/catalog.ts";
import type { Message } from "../../destination.ts";
import type { Example } from "../../example.ts";
import { decimal, integer } from "../../number.ts";
import { product } from "../../sample-catalog.ts";
import { happened } from "../../sample-events.ts";

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
const LOST = Array.from({ length: 21 }, (_, at) => String(41220003335000 + at));
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
    name: "what a product has lost is taken away after all else, twenty in a message",
    event: happened("product.saved", { product: product({ goneVariantIds: LOST, goneImageIds: ["3300445511"] }) }),
    sends: [
      of("products", ID, body),
      of("variations", BLUE, variation),
      of("images", "3300445566", image),
      of("removals", `products/${ID}/variations/1`, { part: "variations", product: ID, ids: LOST.slice(0, 20) }),
      of("removals", `products/${ID}/variations/2`, { part: "variations", product: ID, ids: LOST.slice(20) }),
      of("removals", `products/${ID}/images/1`, { part: "images", product: ID, ids: ["3300445511"] }),
    ],
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
  saved(
    "what never sells out is one piece at least",
    { variants: [{ ...blue, quantity: -3, neverSoldOut: true }] },
    { quantity_remaining: 1 },
    { quantity_remaining: 1 },
  ),
  saved("more of it than one are told as they are", { variants: [{ ...blue, neverSoldOut: true }] }, {}),
  saved(
    "a product with one variant gives it its own name, in the place of Shopify's word for none",
    { variants: [{ ...blue, title: "Default Title" }] },
    {},
    { name: "Stoneware mug" },
  ),
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
];
