// ShopiMind's e-commerce resources as a table, with the calls that they share: save, update, list, read, delete.
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import type * as of from "./entities.ts";
import { done, type Listed, listed, type Page, queryOf, read, type Written, writtenOf } from "./envelopes.ts";

/** By path below /v1. */
export interface Entities {
  customers: of.Customer;
  "customers-groups": of.CustomersGroup;
  "newsletter-subscribers": of.NewsletterSubscriber;
  orders: of.Order;
  "orders-statuses": of.OrderStatus;
  "orders-carriers": of.OrderCarrier;
  products: of.Product;
  "products-categories": of.Category;
  "products-manufacturers": of.Manufacturer;
  vouchers: of.Voucher;
}
export type Name = keyof Entities;
/** Newsletter subscribers can only be written. */
export type Listing = Exclude<Name, "newsletter-subscribers">;

/** How many one write may carry. */
export const MOST: Record<Name, number> = {
  customers: 50,
  "customers-groups": 100,
  "newsletter-subscribers": 50,
  orders: 50,
  "orders-statuses": 100,
  "orders-carriers": 100,
  products: 50,
  "products-categories": 100,
  "products-manufacturers": 100,
  vouchers: 50,
};
/** What a bulk delete calls the ids. */
const IDS: Record<Listing, string> = {
  customers: "customer_ids",
  "customers-groups": "group_ids",
  orders: "order_ids",
  "orders-statuses": "status_ids",
  "orders-carriers": "carrier_ids",
  products: "product_ids",
  "products-categories": "category_ids",
  "products-manufacturers": "manufacturer_ids",
  vouchers: "voucher_ids",
};
/** How many ids one bulk delete may carry. */
export const MOST_DELETED = 20;

/** Creates or replaces by id. Queued, not yet visible, when it returns. @throws SaidNo · NotAsDocumented · RangeError */
export const save = <N extends Name>(http: Http, name: N, items: Entities[N][]): Promise<Written> =>
  write(http, "POST", name, items, MOST[name]);

/** Like `save`, for what exists already. */
export const update = <N extends Name>(http: Http, name: N, items: Entities[N][]): Promise<Written> =>
  write(http, "PUT", name, items, MOST[name]);

export async function list(http: Http, name: Listing, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: `/v1/${name}`, query: queryOf(page) }));
}

/** Reads a list to its end, page by page. */
export async function* listAll(http: Http, name: Listing, page: Page = {}): AsyncGenerator<Listed["data"][number]> {
  for (let offset = page.offset ?? 0; ; ) {
    const { data, meta } = await list(http, name, { ...page, offset });
    yield* data;
    offset += data.length;
    const { has_next_page, total_items } = meta?.pagination ?? {};
    if (data.length === 0 || !(has_next_page ?? offset < (total_items ?? 0))) return;
  }
}

/** By id, or an order by the merchant's own reference. */
export async function readOne(http: Http, name: "customers" | "orders/id" | "orders/reference", id: string) {
  return fitting(read, await http({ method: "GET", path: `/v1/${name}/${encodeURIComponent(id)}` })).data;
}

/** The groups of one customer. */
export async function groupsOf(http: Http, customerId: string, page: Page = {}): Promise<Listed> {
  const path = `/v1/customers/${encodeURIComponent(customerId)}/groups`;
  return fitting(listed, await http({ method: "GET", path, query: queryOf(page) }));
}

export async function remove(http: Http, name: Listing, id: string): Promise<void> {
  done(await http({ method: "DELETE", path: `/v1/${name}/${encodeURIComponent(id)}` }));
}

/** At most 20 ids; the body is an object, unlike those of all other bulk calls. */
export const removeMany = (http: Http, name: Listing, ids: string[]): Promise<Written> =>
  write(http, "POST", `${name}/bulk-delete`, { [IDS[name]]: fits(ids, MOST_DELETED) });

interface Parts {
  addresses: of.Address;
  variations: of.Variation;
  images: of.Image;
}
export type Part = keyof Parts;
/** Whose parts they are, how a bulk delete calls their ids, and how a bulk write calls whose they are. */
const PARTS: Record<Part, { whole: "customers" | "products"; ids: string }> = {
  addresses: { whole: "customers", ids: "address_ids" },
  variations: { whole: "products", ids: "variation_ids" },
  images: { whole: "products", ids: "image_ids" },
};
/** A part that says itself whose it is; the id of the whole is text here, also a product's. */
export type Owned<P extends Part> = Parts[P] &
  (P extends "addresses" ? { customer_id: string } : { product_id: string });
export const MOST_PARTS = 50;

/** Parts of several wholes in one call. */
export const saveParts = <P extends Part>(http: Http, part: P, items: Owned<P>[]): Promise<Written> =>
  write(http, "POST", `${PARTS[part].whole}/${part}/bulk`, items, MOST_PARTS);

export const savePartsOf = <P extends Part>(http: Http, part: P, id: string, items: Parts[P][]): Promise<Written> =>
  write(http, "POST", pathOf(part, id), items, MOST_PARTS);

export const updatePartsOf = <P extends Part>(http: Http, part: P, id: string, items: Parts[P][]): Promise<Written> =>
  write(http, "PUT", pathOf(part, id), items, MOST_PARTS);

export async function removePart(http: Http, part: Part, id: string, partId: string): Promise<void> {
  done(await http({ method: "DELETE", path: `/v1/${pathOf(part, id)}/${encodeURIComponent(partId)}` }));
}

export const removePartsOf = (http: Http, part: Part, id: string, partIds: string[]): Promise<Written> =>
  write(http, "POST", `${pathOf(part, id)}/bulk-delete`, { [PARTS[part].ids]: fits(partIds, MOST_DELETED) });

/** Of the parts, only addresses can be listed. */
export async function addressesOf(http: Http, customerId: string, page: Page = {}): Promise<Listed> {
  const path = `/v1/${pathOf("addresses", customerId)}`;
  return fitting(listed, await http({ method: "GET", path, query: queryOf(page) }));
}

const pathOf = (part: Part, id: string) => `${PARTS[part].whole}/${encodeURIComponent(id)}/${part}`;

async function write(http: Http, method: "POST" | "PUT", path: string, json: unknown[] | object, most?: number) {
  const body = Array.isArray(json) && most ? fits(json, most) : json;
  return writtenOf(await http({ method, path: `/v1/${path}`, json: body }));
}

function fits<Item>(items: Item[], most: number): Item[] {
  if (items.length > most) throw new RangeError(`${items.length} in one call; ShopiMind takes ${most}`);
  return items;
}
