// ShopiMind: every typed call, made at a vendor that keeps the reference: each finds its route, fits, and does what it says.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Http } from "../../app/destinations/destination.ts";
import { openHttp } from "../../app/destinations/http.ts";
import * as custom from "../../app/destinations/shopimind/custom-data.ts";
import { makeSource } from "../../app/destinations/shopimind/data-sources.ts";
import { declareEvent } from "../../app/destinations/shopimind/events.ts";
import shopimind from "../../app/destinations/shopimind/index.ts";
import { makeList } from "../../app/destinations/shopimind/lists.ts";
import { type Name, type Part, readOne, save, saveParts } from "../../app/destinations/shopimind/resources.ts";
import { startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { DEFINITION, ITEMS, PARTS, WRITTEN } from "../support/shopimind-samples.ts";
import { WALK } from "../support/shopimind-walk.ts";

const START = Date.parse("2026-11-21T09:00:00Z");
const SOON = 5_000;
let vendors: Vendors;
let http: Http;
let asked: string[];

beforeEach(async () => {
  vendors = await startVendors({ budgets: false, clock: () => START });
  http = as("sandbox-shopimind-key-0001");
  await stockUp();
  vendors.moveClock(SOON);
  asked = [];
});
afterEach(() => vendors.stop());

function as(apiKey: string): Http {
  const vendor = openHttp({
    baseUrl: `${vendors.url}/shopimind`,
    headers: shopimind.headers({ apiKey }),
    fetch: globalThis.fetch,
  });
  return (request) => {
    asked.push(`${request.method} ${request.path}`);
    return vendor(request);
  };
}

/** One of everything; what others refer to is known first. */
async function stockUp(): Promise<void> {
  asked = [];
  const names = Object.keys(ITEMS) as Name[];
  for (const name of names) expect(await save(http, name, [ITEMS[name]])).toMatchObject(WRITTEN);
  const parts = Object.keys(PARTS) as Part[];
  for (const part of parts) expect(await saveParts(http, part, [PARTS[part]])).toMatchObject(WRITTEN);
  await makeSource(http, { label: "Till" });
  await makeList(http, { name: "Regulars", type: "list" });
  const metaData = [{ name: "table", type: "number" as const, required: true }];
  await declareEvent(http, { name: "Served", code_name: "served", properties: { metaData } });
  await custom.makeDefinition(http, DEFINITION);
  await custom.saveRecords(http, 1, [{ card: "A1", points: 5 }]);
}

/** "GET /v1/orders/id/{order_id}" fits "GET /v1/orders/id/7". */
const fits = (endpoint: string) => new RegExp(`^${endpoint.replaceAll("/", "\\/").replaceAll(/\{\w+\}/g, "[^/]+")}$`);

test.each(WALK.map((step) => [step.endpoint, step] as const))("%s", async (endpoint, { walk, seen, kept }) => {
  const found = await walk(http);
  expect(asked[0]).toMatch(fits(endpoint));
  if (seen === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(seen as object);
  const { breaches, entries } = vendors.ledger("shopimind");
  expect(breaches).toEqual([]);
  if (kept) expect(entries.find(({ kind }) => kind === kept.kind)).toMatchObject(kept);
});

test("what was saved is not seen by a read at once", async () => {
  const other = { ...ITEMS.customers, customer_id: "7", email: "jon@example.com" };
  await save(http, "customers", [other]);
  await expect(readOne(http, "customers", "7")).rejects.toThrow("404");
  vendors.moveClock(SOON);
  expect(await readOne(http, "customers", "7")).toMatchObject({ email: "jon@example.com" });
});

test("an item that ShopiMind rejects is named by its place, and a key that it does not know is an error", async () => {
  const lame = { ...ITEMS.orders, order_id: "8", status_id: "lost" };
  const { rejected_count, rejected_items } = await save(http, "orders", [ITEMS.orders, lame]);
  expect([rejected_count, rejected_items[0]?.index]).toEqual([1, 1]);
  await expect(save(http, "orders", [lame])).rejects.toThrow("400");
  await expect(save(as("sandbox-shopimind-key-9999"), "orders", [ITEMS.orders])).rejects.toThrow("401");
});
