// The product and the collection that the vendors' examples share.
import type { Collection, Product } from "../events/catalog.ts";
import { OCCURRED } from "./samples.ts";

export const product = (change: Partial<Product> = {}): Product => ({
  id: "7290001112223",
  title: "Stoneware mug",
  descriptionHtml: "<p>Holds 300 ml.</p>",
  handle: "stoneware-mug",
  vendor: "Nordlicht",
  productType: "Kitchen",
  status: "active",
  createdAt: "2026-02-01T08:00:00+01:00",
  updatedAt: OCCURRED,
  publishedAt: "2026-02-02T08:00:00+01:00",
  tags: ["mug"],
  variants: [
    {
      id: "41220003334445",
      title: "Blue",
      sku: "MUG-BLUE",
      barcode: "4006381333931",
      price: "12.50",
      compareAtPrice: "15.00",
      quantity: 40,
      imageId: "3300445566",
      position: 1,
    },
  ],
  images: [
    { id: "3300445566", url: "https://shop.example.com/cdn/mug-blue.jpg", position: 1, variantIds: ["41220003334445"] },
  ],
  ...change,
});

export const collection = (change: Partial<Collection> = {}): Collection => ({
  id: "488100200300",
  title: "Kitchen",
  handle: "kitchen",
  descriptionHtml: "<p>For the table.</p>",
  publishedAt: "2026-02-01T08:00:00+01:00",
  updatedAt: OCCURRED,
  ...change,
});
