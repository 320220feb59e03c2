// A product out of GraphQL as products/update would have told it: its first hundred variants in full, and all of its pictures.
import { z } from "zod";
import { type Body, digits, gid, identity, withId, word } from "./told.ts";

/** Without its connections. */
export const PRODUCT = "id title descriptionHtml handle vendor productType status tags createdAt updatedAt publishedAt";
export const VARIANT = `id title sku barcode price compareAtPrice inventoryQuantity inventoryPolicy position
  inventoryItem { id tracked } image { id }`;
export const IMAGE = "id url";
/** As many as a webhook carries in full. */
export const MOST_VARIANTS = 100;

const text = z.string().nullish();
const variantNode = z.object({
  id: gid,
  ...{ title: z.string(), sku: text, barcode: text, price: z.string(), compareAtPrice: text },
  ...{ inventoryQuantity: z.number().nullish(), inventoryPolicy: z.string(), position: z.number() },
  inventoryItem: z.object({ tracked: z.boolean() }),
  image: z.object({ id: z.string().nullish() }).nullish(),
});
const page = z.object({ hasNextPage: z.boolean() }).optional();
export const productNode = z.object({
  id: gid,
  ...{ title: z.string(), descriptionHtml: text, handle: z.string(), vendor: text, productType: text },
  ...{ status: z.string(), tags: z.array(z.string()), createdAt: text, updatedAt: text, publishedAt: text },
  variants: z.object({ nodes: z.array(variantNode), pageInfo: page }),
  images: z.object({ nodes: z.array(z.object({ id: z.string().nullish(), url: z.string() })), pageInfo: page }),
});
export type ProductNode = z.infer<typeof productNode>;

/** The body of products/update. */
export const retellProduct = (node: ProductNode): Body => ({
  ...identity(node.id),
  ...{ title: node.title, body_html: node.descriptionHtml, handle: node.handle, vendor: node.vendor },
  ...{ product_type: node.productType, status: word(node.status), tags: node.tags.join(", ") },
  ...{ created_at: node.createdAt, updated_at: node.updatedAt, published_at: node.publishedAt },
  variants: node.variants.nodes.slice(0, MOST_VARIANTS).map(variant),
  ...pictures(node),
});

const variant = (node: z.infer<typeof variantNode>): Body => ({
  ...identity(node.id),
  ...{ title: node.title, sku: node.sku, barcode: node.barcode, position: node.position },
  ...{ price: node.price, compare_at_price: node.compareAtPrice, inventory_quantity: node.inventoryQuantity },
  inventory_policy: word(node.inventoryPolicy),
  inventory_management: node.inventoryItem.tracked ? "shopify" : null,
  image_id: node.image?.id ? digits(node.image.id) : null,
});

/** A list that is not whole would take the rest for deleted, so it is left out. */
function pictures({ images, variants }: ProductNode): Body {
  const known = images.nodes.every(({ id }) => withId.safeParse({ id }).success);
  if (images.pageInfo?.hasNextPage || !known) return {};
  const shows = (id: string) => variants.nodes.filter(({ image }) => image?.id === id).map((one) => digits(one.id));
  return {
    images: images.nodes.map(({ id, url }, at) => ({
      ...{ id: digits(id ?? ""), src: url, position: at + 1, variant_ids: shows(id ?? "") },
    })),
  };
}
