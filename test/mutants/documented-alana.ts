// Other figures, addresses and names than alana documents.
import { documented } from "./documented.ts";

export const alana = documented({
  "app/destinations/alana/index.ts": [
    [
      "alana > where events are posted",
      'baseUrl: () => "https://alana.shopping"',
      'baseUrl: () => "https://api.alana.shopping"',
    ],
    ["alana > how the key travels", '"x-api-key"', '"x-alana-key"'],
    ["alana > what a key looks like", "/^ak_\\S+$/", "/^[as][kp].\\S+$/"],
    ["alana > how many events a request may have", "batch: 100", "batch: 200"],
    ["alana > that few purchases share a request", "batch: 20", "batch: 50"],
    ["alana > how many requests a key has, and a key from one address", "requests: 1_000", "requests: 600"],
    ["alana > how many requests a key has, and a key from one address", "requests: 100,", "requests: 1_000,"],
    ["alana > how many requests a key has, and a key from one address", 'scope: "key and address"', 'scope: "address"'],
    ["alana > that nothing removes a repetition", 'inDoubt: () => "unknown"', 'inDoubt: () => "send again"'],
  ],
  "app/destinations/alana/client.ts": [
    ["alana > where events are posted", '"/api/v1/events"', '"/v1/events"'],
    ["alana > that events are a list under events", "json: { events }", "json: events"],
    ["alana > that another status than ok is no yes", 'z.literal("ok")', "z.string()"],
    [
      "alana > that the answer says status ok, and how many were stored and failed",
      "stored: z.int()",
      "accepted: z.int()",
    ],
    ["alana > that errors count what failed", "errors: z.int()", "failed: z.int()"],
  ],
  "app/destinations/alana/answers.ts": [
    ["alana > that errors count what failed", '{ is: "unknown",', '{ is: "refused",'],
    ["alana > that errors count all that failed", '{ is: "refused",', '{ is: "unknown",'],
  ],
  "app/destinations/alana/messages.ts": [
    ["alana > the seven types of event", '{ eventType: "home-page-view"', '{ eventType: "homepage-view"'],
    [
      "alana > the seven types of event",
      'eventType: "detail-page-view", productId',
      'eventType: "detail-page-view", product: productId',
    ],
    ["alana > the fields of a purchase", '"purchase-complete"', '"purchase"'],
    ["alana > the fields of a purchase", "    productIds,\n", "    productId: productIds,\n"],
    ["alana > the fields of a purchase", "revenue: decimal", "value: decimal"],
  ],
});
