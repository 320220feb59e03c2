// What ShopiMind is told of collections.
import type { Message } from "../../destination.ts";
import type { Example } from "../../example.ts";
import { integer } from "../../number.ts";
import { collection } from "../../sample-catalog.ts";
import { happened } from "../../sample-events.ts";
import { shop } from "../../samples.ts";

const of = (channel: string, id: string, body: object): Message => ({ channel, id, body });

export const collectionExamples: Example[] = [
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
