// What the vendors' documents say in numbers, addresses and names, one row for each: written from the documents, and seen in what leaves.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openVendors } from "../support/at-vendor.ts";
import { asTold } from "../support/told.ts";
import { alana } from "./documented/alana.ts";
import { prisjakt } from "./documented/prisjakt.ts";
import { shopimind } from "./documented/shopimind.ts";
import { shopipixel } from "./documented/shopipixel.ts";
import { tolinku } from "./documented/tolinku.ts";

let vendors: Awaited<ReturnType<typeof openVendors>>;
beforeAll(async () => {
  vendors = await openVendors();
});
afterAll(() => vendors.close());

for (const { slug, settings, figures } of [shopipixel, alana, prisjakt, tolinku, shopimind])
  describe(slug, () => {
    for (const { document, says, is, seen } of figures)
      test(`${says} (${document})`, async () => {
        expect(asTold(await seen(vendors.at(slug, settings)))).toEqual(is);
      });
  });
