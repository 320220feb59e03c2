// Where ShopiMind's calls go, and how many things each takes.
import type { Message } from "../../../app/destinations/destination.ts";
import { saveRecords } from "../../../app/destinations/shopimind/custom-data.ts";
import * as resources from "../../../app/destinations/shopimind/resources.ts";
import type { AtVendor } from "../../support/at-vendor.ts";
import { type Figure, from } from "./figure.ts";

const REFERENCE = "developers.shopimind.com (reference)";
const SDK = "ShopiMind's sdk-js";
const settings = { apiKey: "example-shopimind-key-0001", triggers: "on", abandonedAfter: "4", dataSource: "" };
const API = "https://core.shopimind.com/v1";
const other = (channel: string, body: unknown = {}): Message[] => [{ channel, id: "1", body }];
/** Does a call of so many leave, and one more not? */
const most = async (
  at: AtVendor,
  count: number,
  save: (http: Parameters<typeof resources.save>[0], items: never[]) => unknown,
) =>
  [count, count + 1].reduce<Promise<number[]>>(
    async (before, size) => [
      ...(await before),
      (await at.asked(async (http) => save(http, Array(size).fill({}) as never[]))).length,
    ],
    Promise.resolve([]),
  );
const LIMITS: [resources.Name, number][] = [
  ["customers", 50],
  ["customers-groups", 100],
  ["newsletter-subscribers", 50],
  ["orders", 50],
  ["orders-statuses", 100],
  ["orders-carriers", 100],
  ["products", 50],
  ["products-categories", 100],
  ["products-manufacturers", 100],
  ["vouchers", 50],
];
const PATHS: [channel: string, call: string, body?: object][] = [
  ["customers", "POST /customers"],
  ["addresses", "POST /customers/addresses/bulk"],
  ["orders", "POST /orders"],
  ["products", "POST /products"],
  ["variations", "POST /products/variations/bulk"],
  ["images", "POST /products/images/bulk"],
  ["categories", "POST /products-categories"],
  ["removals", "POST /products/7/images/bulk-delete", { part: "images", product: "7", ids: ["1"] }],
  ["deletions", "DELETE /products/7", { resource: "products", id: "7" }],
  ["triggers", "POST /events/trigger/shopify_checkout_started", { code_name: "shopify_checkout_started" }],
];

export const shopimindCalls: Figure[] = [
  ...from(REFERENCE, [
    [
      "how many ids a bulk delete takes",
      [1, 0],
      (at) => most(at, 20, (http, items) => resources.removeMany(http, "customers", items)),
    ],
  ]),
  ...from(
    SDK,
    PATHS.map(([channel, call, body]) => [
      `where it goes: ${channel}`,
      call.replace(" ", ` ${API}`),
      async (at) => (await at.sent(other(channel, body)))[0]?.call,
    ]),
  ),
  ...from(
    SDK,
    LIMITS.map(([name, count]) => [
      `how many a call takes: ${name}`,
      [1, 0],
      (at) => most(at, count, (http, items) => resources.save(http, name, items)),
    ]),
  ),
  ...from(SDK, [
    [
      "how many parts a call takes",
      [1, 0],
      (at) => most(at, 50, (http, items) => resources.saveParts(http, "images", items)),
    ],
    [
      "how many custom records a call takes",
      [1, 0],
      (at) => most(at, 20, (http, items) => saveRecords(http, 1, items)),
    ],
    [
      "how many of each leave at once",
      {
        customers: 50,
        addresses: 50,
        orders: 50,
        products: 50,
        variations: 50,
        images: 50,
        categories: 100,
        removals: 1,
        deletions: 1,
        triggers: 1,
      },
      ({ sheet }) => Object.fromEntries(Object.entries(sheet.channels).map(([name, { batch }]) => [name, batch])),
    ],
    [
      "that a saved thing may be saved again, and a trigger may not",
      ["send again", "unknown"],
      ({ sheet }) => ["orders", "triggers"].map((channel) => sheet.inDoubt(channel, 0, settings)),
    ],
  ]),
];
