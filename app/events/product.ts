// Reads products.
import type { Product, Variant } from "./catalog.ts";
import type { Event } from "./event.ts";
import { decimal, field, id, must, objects, ownId, shortText, text, textOf, time, whole } from "./fields.ts";
import type { Fields, Json } from "./json.ts";
import { subjectOf } from "./keys.ts";
import { deletedParts, lostParts } from "./product-parts.ts";
import type { Heard, Known, Normalized, Reading } from "./reading.ts";
import { deletedVersion, frame, stateKey, version, when } from "./version.ts";
import { productKey } from "./wares.ts";

/** products/create, products/update. @throws Unreadable */
export function readProduct(body: Fields, heard: Heard): Reading {
  const product = productOf(body);
  const subject = subjectOf("product", product.id);
  const updatedAt = when(heard, product.updatedAt, product.createdAt);
  const about = {
    kind: "product.saved",
    // Only what the webhook itself says makes the state, so that one that comes again is known again.
    key: stateKey(subject, updatedAt, product),
    subject,
    occurredAt: updatedAt,
    version: version(heard, updatedAt),
    ...frame(heard, product.updatedAt),
  } as const;
  const normalize = (known: Known): Normalized => {
    const { lost, snapshots } = lostParts(product, body, about.version, updatedAt, known);
    return { events: [{ ...about, product: { ...product, ...lost } }], snapshots };
  };
  return { is: "events", needs: [productKey(product.id)], normalize };
}

/** products/delete. @throws Unreadable */
export function readProductDeleted(body: Fields, heard: Heard): Reading {
  const productId = must(ownId, body, "id", "an_id");
  const event: Event = {
    kind: "product.deleted",
    key: `product:${productId}@deleted`,
    subject: subjectOf("product", productId),
    occurredAt: when(heard),
    version: deletedVersion(heard),
    ...frame(heard),
    productId,
  };
  const snapshots = [deletedParts(productId, heard)];
  return { is: "events", needs: [], normalize: () => ({ events: [event], snapshots }) };
}

function productOf(body: Fields): Product {
  return {
    id: must(ownId, body, "id", "an_id"),
    title: text(body, "title") ?? "",
    descriptionHtml: text(body, "body_html"),
    handle: text(body, "handle"),
    vendor: text(body, "vendor"),
    productType: text(body, "product_type"),
    status: text(body, "status"),
    createdAt: time(body, "created_at"),
    updatedAt: time(body, "updated_at"),
    publishedAt: time(body, "published_at"),
    tags: tags(field(body, "tags")),
    variants: objects(body, "variants").flatMap((one) => variant(one) ?? []),
    images: objects(body, "images").flatMap((one) => image(one) ?? []),
  };
}

/** null without an id or a price: it could be neither found nor sold. */
function variant(from: Fields): Variant | null {
  const own = ownId(from);
  const price = decimal(from, "price");
  if (!own || !price) return null;
  return {
    id: own,
    title: text(from, "title") ?? "",
    sku: text(from, "sku"),
    barcode: text(from, "barcode"),
    price,
    compareAtPrice: decimal(from, "compare_at_price"),
    quantity: whole(from, "inventory_quantity"),
    ...(neverSoldOut(from) ? { neverSoldOut: true } : {}),
    imageId: id(from, "image_id"),
    position: whole(from, "position") ?? 0,
  };
}

/** A field that Shopify leaves out says nothing; one that is null says that the stock is not tracked. */
function neverSoldOut(from: Fields): boolean {
  const untracked = Object.hasOwn(from, "inventory_management") && text(from, "inventory_management") === null;
  return untracked || text(from, "inventory_policy")?.toLowerCase() === "continue";
}

function image(from: Fields): Product["images"][number] | null {
  const own = ownId(from);
  const url = pictureAt(shortText(field(from, "src"), 2048));
  if (!own || !url) return null;
  const shown = field(from, "variant_ids");
  const variantIds = Array.isArray(shown) ? shown.flatMap((one) => id({ one }, "one") ?? []) : [];
  return { id: own, url, position: whole(from, "position") ?? 0, variantIds };
}

/** Shopify also writes "//cdn.shopify.com/…", which only a page can complete. */
export const pictureAt = (address: string | null) =>
  address?.replace(/^(?:\/\/)?(?=[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)/, "https://") ?? null;

/** A list, or a text with commas. */
const tags = (value: Json): string[] =>
  (Array.isArray(value) ? value.map(textOf) : (textOf(value)?.split(",") ?? [])).flatMap((tag) => tag?.trim() || []);
