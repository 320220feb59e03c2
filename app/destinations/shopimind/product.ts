// What ShopiMind is told of the catalog: a product with its variations and images, and a collection as a category.

import type { Collection, Product, Variant } from "../../events/catalog.ts";
import { compare } from "../../events/decimal.ts";
import type { EventOf } from "../../events/event.ts";
import type { Shop } from "../../events/facts.ts";
import { variantName } from "../../events/wares.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { integer } from "../number.ts";
import { removals } from "./deletions.ts";
import type * as of from "./entities.ts";
import { amount, instant, known, language, link } from "./forms.ts";
import { because } from "./reasons.ts";
import type { Owned } from "./resources.ts";

/** In the shop's language: ShopiMind keeps one row per language, and the webhook carries one. */
export function productMessages(event: EventOf<"product.saved">): Message[] | Skip {
  const { product, shop } = event;
  const variants = product.variants.toSorted((one, other) => one.position - other.position);
  const [first] = variants;
  if (!first) return skip(because("shopimind_no_variants"));
  return [
    { channel: "products", id: product.id, body: productBody(event, first) },
    ...variants.map((variant, at) => {
      const body = variationBody(product, variant, at === 0, shop);
      return { channel: "variations", id: variant.id, body };
    }),
    ...imagesOf(product, shop).map((body) => ({ channel: "images", id: body.image_id, body })),
    ...removals("variations", product.id, product.goneVariantIds),
    ...removals("images", product.id, product.goneImageIds),
  ];
}

function productBody({ product, shop, occurredAt }: EventOf<"product.saved">, first: Variant): of.Product {
  const images = product.images.toSorted((one, other) => one.position - other.position);
  return {
    product_id: integer(product.id),
    lang: language(null, shop),
    name: product.title,
    description: product.descriptionHtml ?? "",
    link: link(shop, "products", product.handle),
    currency: shop.currency,
    ...pricesOf(first),
    quantity_remaining: product.variants.reduce((sum, variant) => sum + inStock(variant), 0),
    is_active: product.status === "active" && product.publishedAt !== null,
    created_at: instant(product.createdAt, product.updatedAt ?? occurredAt),
    updated_at: instant(product.updatedAt, occurredAt),
    ...known({
      reference: first.sku,
      ean13: ean13(first),
      image_link: images[0]?.url,
      manufacturer_id: product.vendor,
    }),
  };
}

function variationBody(product: Product, variant: Variant, isDefault: boolean, shop: Shop): Owned<"variations"> {
  const image = product.images.find(({ id }) => id === variant.imageId);
  return {
    variation_id: integer(variant.id),
    product_id: product.id,
    name: variantName(variant.title) ?? product.title,
    lang: language(null, shop),
    link: `${link(shop, "products", product.handle)}?variant=${variant.id}`,
    ...pricesOf(variant),
    quantity_remaining: inStock(variant),
    is_default: isDefault,
    ...known({ reference: variant.sku, ean13: ean13(variant), image_link: image?.url }),
  };
}

function imagesOf(product: Product, shop: Shop): Owned<"images">[] {
  const images = product.images.toSorted((one, other) => one.position - other.position);
  return images.map((image, at) => {
    // A picture of several variants is the product's.
    const [only, ...more] = image.variantIds;
    return {
      image_id: image.id,
      product_id: product.id,
      lang: language(null, shop),
      url: image.url,
      is_default: at === 0,
      ...(only && more.length === 0 ? { variation_id: integer(only) } : {}),
    };
  });
}

/** The price before is the price, and what is asked now is the discounted one. */
function pricesOf({ price, compareAtPrice }: Variant): { price: of.Exact; price_discount?: of.Exact } {
  const lowered = compareAtPrice !== null && compare(compareAtPrice, price) > 0;
  return lowered ? { price: amount(compareAtPrice), price_discount: amount(price) } : { price: amount(price) };
}

/** Sold beyond the stock, Shopify counts below zero. ShopiMind has no word for what never sells out: 0 would be "sold out". */
const inStock = ({ quantity, neverSoldOut }: Variant) => Math.max(neverSoldOut ? 1 : 0, quantity ?? 0);

const ean13 = ({ barcode }: Variant) => (barcode && /^\d{13}$/.test(barcode) ? barcode : null);

export function categoryMessage(event: EventOf<"collection.saved">): Message {
  const { collection } = event;
  return { channel: "categories", id: collection.id, body: categoryBody(collection, event.shop, event.occurredAt) };
}

function categoryBody(collection: Collection, shop: Shop, occurredAt: string): of.Category {
  return {
    category_id: integer(collection.id),
    lang: language(null, shop),
    name: collection.title,
    description: collection.descriptionHtml ?? "",
    link: link(shop, "collections", collection.handle),
    is_active: collection.publishedAt !== null,
    created_at: instant(collection.publishedAt, collection.updatedAt ?? occurredAt),
    updated_at: instant(collection.updatedAt, occurredAt),
  };
}
