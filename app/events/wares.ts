// What the catalog tells of the wares in a cart, checkout or order: a category, a picture, and which part of a line's title is its variant.
import type { Product } from "./catalog.ts";
import type { Id, Item } from "./facts.ts";
import type { Known, SnapshotKey } from "./reading.ts";

/** What is remembered of a product with its parts: title and picture of each variant by its id. */
export interface Ware {
  title: string;
  category: string | null;
  image: string | null;
  variants: Record<Id, { title: string | null; image: string | null }>;
}

/** Shopify's name for the one variant of a product without options; no buyer sees it. */
export const variantName = (title: string | null): string | null =>
  title?.trim() && title !== "Default Title" ? title : null;

export function wareOf(product: Product): Ware {
  const pictures = new Map(product.images.map(({ id, url }) => [id, url]));
  const first = product.images.toSorted((one, other) => one.position - other.position)[0];
  const variants = product.variants.map(({ id, title, imageId }) => [
    id,
    { title: variantName(title), image: (imageId && pictures.get(imageId)) || null },
  ]);
  const { title, productType } = product;
  return { title, category: productType, image: first?.url ?? null, variants: Object.fromEntries(variants) };
}

export const productKey = (id: Id): SnapshotKey => ({ kind: "product", id });

export const wareKeys = (items: Item[]): SnapshotKey[] =>
  [...new Set(items.flatMap(({ productId }) => productId ?? []))].map(productKey);

/** The items as the catalog has them, as far as a product's webhook has told of it. */
export const asInCatalog = (items: Item[], known: Known): Item[] =>
  items.map((item) => {
    const ware = wareIn(item, known);
    const variant = item.variantId ? ware?.variants[item.variantId] : undefined;
    const category = item.category ?? ware?.category;
    const image = item.image ?? variant?.image ?? ware?.image;
    return {
      ...item,
      ...(category ? { category } : {}),
      ...(image ? { image } : {}),
    };
  });

function wareIn({ productId }: Item, known: Known): Ware | undefined {
  const data = productId ? known(productKey(productId))?.data : undefined;
  return (data as { ware?: Ware } | undefined)?.ware;
}

/**
 * A cart's lines, named as an order's are: there product and variant are in one title, "Cup - Blue".
 * Where the catalog does not tell, what is behind the last dash is the variant's.
 */
export const namedApart = (items: Item[], known: Known): Item[] =>
  items.map((item) => ({ ...item, ...(item.variantTitle === null ? apart(item, wareIn(item, known)) : {}) }));

function apart({ title, variantId }: Item, ware: Ware | undefined) {
  if (!variantId) return {};
  const variant = ware?.variants[variantId];
  if (ware && variant?.title && title === `${ware.title} - ${variant.title}`)
    return { title: ware.title, variantTitle: variant.title };
  if (variant) return {};
  const [, product, behind] = /^(.+) - (.*)$/s.exec(title) ?? [];
  return product ? { title: product, variantTitle: behind?.trim() || null } : {};
}
