// What a shop sells: products, their variants, collections.
import type { Decimal, Id, Time } from "./facts.ts";

/** One form in which a product is sold. */
export interface Variant {
  id: Id;
  title: string;
  sku: string | null;
  barcode: string | null;
  /** In the shop's currency. */
  price: Decimal;
  /** The price it is struck from. */
  compareAtPrice: Decimal | null;
  /** In stock; below 0 where it was oversold, null where it is not told. */
  quantity: number | null;
  /** Its stock is not tracked, or may be oversold: it can be bought whatever the quantity says. Absent: it sells out. */
  neverSoldOut?: true;
  /** The image that shows it. */
  imageId: Id | null;
  /** 1 is first; 0: not told. */
  position: number;
}

/** What the shop offers under one title, in one or more variants. */
export interface Product {
  id: Id;
  title: string;
  descriptionHtml: string | null;
  /** The last part of its address in the shop. */
  handle: string | null;
  /** The brand. */
  vendor: string | null;
  productType: string | null;
  /** active, draft or archived */
  status: string | null;
  createdAt: Time | null;
  updatedAt: Time | null;
  /** null: not on sale in the online shop. */
  publishedAt: Time | null;
  tags: string[];
  variants: Variant[];
  /** `variantIds`: the variants it shows; [] for an image of the whole product. */
  images: { id: Id; url: string; position: number; variantIds: Id[] }[];
  /** Variants and images that were taken out of it in the last 30 days; absent: none are known. */
  goneVariantIds?: Id[];
  goneImageIds?: Id[];
}

/** Products that the shop shows together. */
export interface Collection {
  id: Id;
  title: string;
  /** The last part of its address in the shop. */
  handle: string | null;
  descriptionHtml: string | null;
  /** null: hidden in the online shop. */
  publishedAt: Time | null;
  updatedAt: Time | null;
}
