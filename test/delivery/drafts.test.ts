// What a merchant types, put together with what is stored: secrets stay where they went, and what is not right is said.
import { expect, test } from "vitest";
import { check, merge, secretsLedAway } from "../../app/delivery/connections/drafts.ts";
import { hostFor } from "../../app/delivery/connections/host.ts";
import { overlapOf } from "../../app/delivery/connections/overlap.ts";
import { readRules } from "../../app/delivery/connections/rules.ts";
import type { Destination } from "../../app/destinations/destination.ts";
import { destinationOf } from "../support/destination-of.ts";
import { asTold } from "../support/told.ts";

const sheetOf = (slug: string) => destinationOf(slug) as Destination;
const tolinku = sheetOf("tolinku");
const stored = { domain: "https://one.tolinku.com", apiKey: "tolk_sec_1", currency: "EUR" };

test("a secret that is left empty stays; another field that is emptied is empty", () => {
  expect(merge(tolinku, stored, { apiKey: "", currency: "" })).toMatchObject({ apiKey: "tolk_sec_1", currency: "" });
  expect(merge(tolinku, stored, { apiKey: " tolk_sec_2 " })).toMatchObject({ apiKey: "tolk_sec_2", currency: "EUR" });
});

test("a key must look like one, and a choice be one of its choices", () => {
  expect(check(tolinku, stored)).toEqual({});
  expect(Object.keys(check(tolinku, { ...stored, apiKey: "secret" }))).toEqual(["apiKey"]);
  expect(check(sheetOf("alana"), { productIds: "gtin" })).toHaveProperty("productIds");
  expect(check(sheetOf("alana"), { productIds: "sku" })).not.toHaveProperty("productIds");
});

test("a stored secret is led to no other address", () => {
  const away = { ...stored, domain: "https://two.tolinku.com" };
  expect(Object.keys(secretsLedAway(tolinku, stored, { domain: away.domain }, away))).toEqual(["apiKey"]);
  expect(secretsLedAway(tolinku, stored, { domain: away.domain, apiKey: "tolk_sec_2" }, away)).toEqual({});
  expect(secretsLedAway(tolinku, stored, {}, stored)).toEqual({});
});

test("a host is the same with a dot at its end, in capitals and with the usual port", () => {
  const hosts = ["https://one.tolinku.com", "https://One.Tolinku.com.", "https://one.tolinku.com:443"];
  const all = hosts.map((url) => hostFor({ sandbox: null }, { slug: "x", baseUrl: () => url }, {}));
  expect(new Set(all)).toEqual(new Set(["one.tolinku.com"]));
});

test("where a vendor had many purchases before us that is said, until the merchant has decided", () => {
  const says = (had: number, of: number, rules = readRules({})) =>
    asTold(overlapOf(sheetOf("shopipixel"), rules, { purchases: of, had }))?.says ?? null;
  expect(says(5, 20)).toContain("5 of our 20 purchases");
  expect(says(1, 20)).toBeNull();
  expect(says(5, 9)).toBeNull();
});

test("the till counts where somebody says so only", () => {
  expect([readRules({}).countPos, readRules({ countPos: true }).countPos]).toEqual([false, true]);
});
