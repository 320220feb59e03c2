// Other figures, addresses and names than ShopiMind documents.
import { documented } from "./documented.ts";

export const shopimind = documented({
  "app/destinations/shopimind/index.ts": [
    ["shopimind > where the API is", '"https://core.shopimind.com"', '"https://api.shopimind.com"'],
    ["shopimind > how the key travels", '"spm-api-key"', '"x-api-key"'],
    ["shopimind > what a key looks like", "{20,64}", "{16,64}"],
    ["shopimind > how many requests a key has", "requests: 600", "requests: 1_000"],
    ["shopimind > that a yes means accepted", '  deliveredAs: "accepted",\n', ""],
    [
      "shopimind > that a saved thing may be saved again",
      'channel === "triggers" ? "unknown"',
      'channel === "orders" ? "unknown"',
    ],
  ],
  "app/destinations/shopimind/resources.ts": [
    ["shopimind > how many a call takes: customers (", "  customers: 50,", "  customers: 100,"],
    ["shopimind > how many a call takes: customers-groups", '"customers-groups": 100', '"customers-groups": 50'],
    [
      "shopimind > how many a call takes: newsletter-subscribers",
      '"newsletter-subscribers": 50',
      '"newsletter-subscribers": 100',
    ],
    ["shopimind > how many of each leave at once", "  orders: 50,", "  orders: 100,"],
    ["shopimind > how many a call takes: orders-statuses", '"orders-statuses": 100', '"orders-statuses": 50'],
    ["shopimind > how many a call takes: orders-carriers", '"orders-carriers": 100', '"orders-carriers": 50'],
    ["shopimind > how many a call takes: products (", "  products: 50,", "  products: 100,"],
    [
      "shopimind > how many a call takes: products-categories",
      '"products-categories": 100',
      '"products-categories": 50',
    ],
    [
      "shopimind > how many a call takes: products-manufacturers",
      '"products-manufacturers": 100',
      '"products-manufacturers": 50',
    ],
    ["shopimind > how many a call takes: vouchers", "  vouchers: 50,", "  vouchers: 100,"],
    ["shopimind > how many ids a bulk delete takes", "MOST_DELETED = 20", "MOST_DELETED = 50"],
    ["shopimind > how many parts a call takes", "MOST_PARTS = 50", "MOST_PARTS = 100"],
    ["shopimind > where it goes: addresses", "`${PARTS[part].whole}/${part}/bulk`", "`${part}/bulk`"],
    ["shopimind > where it goes: orders", "path: `/v1/${path}`, json: body", "path: `/${path}`, json: body"],
    ["shopimind > where it goes: removals", "`${pathOf(part, id)}/bulk-delete`", "`${pathOf(part, id)}/delete`"],
    [
      "shopimind > where it goes: deletions",
      "path: `/v1/${name}/${encodeURIComponent(id)}` }));",
      "path: `/v1/${name}?id=${encodeURIComponent(id)}` }));",
    ],
  ],
  "app/destinations/shopimind/custom-data.ts": [
    ["shopimind > how many custom records a call takes", "MOST_RECORDS = 20", "MOST_RECORDS = 50"],
  ],
  "app/destinations/shopimind/envelopes.ts": [
    ["shopimind > how many entries a list gives at most", "MOST_LISTED = 100", "MOST_LISTED = 200"],
    [
      "shopimind > that rejected_count counts them",
      "  rejected_count: number.nullish()",
      "  rejected: number.nullish()",
    ],
  ],
  "app/destinations/shopimind/send.ts": [
    [
      "shopimind > where it goes: categories",
      'categories: "products-categories"',
      'categories: "products-manufacturers"',
    ],
    [
      "shopimind > how many of each leave at once",
      'categories: { batch: MOST["products-categories"] }',
      "categories: { batch: MOST.products }",
    ],
  ],
  "app/destinations/shopimind/events.ts": [
    ["shopimind > where it goes: triggers", "/v1/events/trigger/", "/v1/events/fire/"],
    [
      "shopimind > where things are declared",
      '{ method: "POST", path: "/v1/events"',
      '{ method: "PUT", path: "/v1/events"',
    ],
  ],
  "app/destinations/shopimind/contacts.ts": [
    ["shopimind > where its lists are", 'get(http, "contacts", asked)', 'get(http, "contacts/all", asked)'],
    ["shopimind > where its lists are", 'get(http, "carts", page)', 'get(http, "carts/all", page)'],
  ],
  "app/destinations/shopimind/lookup.ts": [
    ["shopimind > where one customer and one order are", '"orders/id"', '"orders/reference"'],
  ],
  "app/destinations/shopimind/data-sources.ts": [
    [
      "shopimind > where things are declared",
      '{ method: "GET", path: "/v1/data-sources"',
      '{ method: "GET", path: "/v1/sources"',
    ],
  ],
  "app/destinations/shopimind/check.ts": [
    [
      "shopimind > how one entry is asked for",
      '["contacts", () => listContacts(http, { limit: 1 })]',
      '["contacts", () => listContacts(http, { limit: 10 })]',
    ],
  ],
  "app/destinations/shopimind/answers.ts": [
    ["shopimind > that rejected_items name by index what was rejected", "item.index ?? (only", "item.place ?? (only"],
    ["shopimind > a 400", "{ ...plain, onceMore: true }", "plain"],
  ],
  "app/destinations/shopimind/customer.ts": [
    ["shopimind > the fields told of customer.saved", "    is_opt_in:", "    opt_in:"],
  ],
  "app/destinations/shopimind/order.ts": [
    ["shopimind > the fields told of order.updated", "    status_id: statusOf", "    status: statusOf"],
    [
      "shopimind > that ids of customers and orders are text",
      "product_id: integer(item.productId)",
      "product_id: item.productId",
    ],
  ],
  "app/destinations/shopimind/product.ts": [
    ["shopimind > the fields told of product.saved", "    quantity_remaining: product.", "    stock: product."],
    ["shopimind > the fields told of collection.saved", "    category_id:", "    id:"],
  ],
});
