// A connection's form: what keeps it from being saved, when the vendor is asked first, what the record says of who changed what.
import { afterEach, beforeEach, expect, test } from "vitest";
import { getConnection, listConnections } from "../../app/delivery/connections/connections.ts";
import type { Draft } from "../../app/delivery/connections/drafts.ts";
import { changesOf } from "../../app/delivery/connections/record.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { saveTested } from "../../app/delivery/connections/save-tested.ts";
import { disconnectConnection, switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { testConnection } from "../../app/delivery/connections/test-connection.ts";
import { PAUSED_BY_MERCHANT } from "../../app/delivery/reasons.ts";
import { install } from "../../app/shopify/install.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["alana", "tolinku", "prisjakt"]);
});
afterEach(() => trip.close());

async function draftOf(slug: string, change: Partial<Draft> = {}): Promise<Draft> {
  const one = (await listConnections(trip.road, SANDBOX_SHOP)).find(({ destination }) => destination === slug);
  const draft = { id: one?.id ?? null, destination: slug, name: one?.name ?? "", settings: {}, rules: {}, by: "77" };
  return { ...draft, ...change };
}
const save = async (slug: string, change: Partial<Draft> = {}) =>
  saveConnection(trip.road, SANDBOX_SHOP, await draftOf(slug, change));
const saveAfterTest = async (slug: string, change: Partial<Draft> = {}, anyway = false) =>
  saveTested(trip.road, SANDBOX_SHOP, await draftOf(slug, change), anyway);
const view = async (slug: string) => {
  const id = (await draftOf(slug)).id ?? "";
  return getConnection(trip.road, SANDBOX_SHOP, id);
};
const second = (name: string, apiKey: string): Partial<Draft> => ({
  id: null,
  name,
  settings: { apiKey, workspace: name },
});
const recordOf = async (slug: string) => {
  const lines = await changesOf(trip.road, SANDBOX_SHOP, (await draftOf(slug)).id ?? "");
  return lines.map(({ by, what }) => [by, ...what.map((one) => [one.what, one.before, one.after])]);
};

test("a pause of the merchant's own keeps its reason when the form is saved", async () => {
  const { id } = await draftOf("tolinku");
  await switchConnection(trip.road, SANDBOX_SHOP, id ?? "", "paused", "77");
  expect((await save("tolinku", { rules: { countPos: true } })).ok).toBe(true);
  expect(await view("tolinku")).toMatchObject({
    state: "paused",
    byMerchant: true,
    reason: { code: PAUSED_BY_MERCHANT },
  });
  expect(await trip.road.db.query("SELECT reason_code AS code FROM connection WHERE state = 'paused'")).toEqual([
    { code: PAUSED_BY_MERCHANT },
  ]);
});

test("of two connections with one secret that are saved in the same instant one is refused; a connection that is ended keeps none", async () => {
  const both = await Promise.all([
    save("alana", second("North", "ak_same_0001")),
    save("alana", second("South", "ak_same_0001")),
  ]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const refused = both.find(({ ok }) => !ok);
  expect(refused).toMatchObject({ errors: { apiKey: { code: "secret_of_other" } } });
  const made = both.find(({ ok }) => ok);
  await disconnectConnection(trip.road, SANDBOX_SHOP, made?.ok ? made.id : "");
  expect((await save("alana", second("East", "ak_same_0001"))).ok).toBe(true);
  // One that serves several accounts may be had by several.
  const pixel = (name: string, pixelId: string) =>
    save("prisjakt", { id: null, name, settings: { pixelId, clientId: "one", clientSecret: "for-all-0001" } });
  const pixels = await Promise.all([
    pixel("SE", "22222222-2222-4222-8222-222222222222"),
    pixel("NO", "33333333-3333-4333-8333-333333333333"),
  ]);
  expect(pixels.map(({ ok }) => ok)).toEqual([true, true]);
});

test("a secret is known by its last characters and by when it was set, and never comes back whole", async () => {
  await save("tolinku", { settings: { apiKey: "tolk_sec_another_9876" } });
  const tolinku = await view("tolinku");
  expect(tolinku?.secrets).toEqual({ apiKey: { last: "9876", setAt: expect.stringMatching(/^\d{4}-/) } });
  expect(Date.parse(tolinku?.secrets.apiKey?.setAt ?? "")).toBe(trip.road.clock().getTime());
  trip.forward(60_000);
  await save("tolinku", { rules: { countPos: true } });
  expect((await view("tolinku"))?.secrets).toEqual(tolinku?.secrets);
  await save("alana", { settings: { apiKey: "ak_short" } });
  expect((await view("alana"))?.secrets.apiKey?.last).toBe("");
  expect(JSON.stringify(await listConnections(trip.road, SANDBOX_SHOP))).not.toMatch(/tolk_sec|ak_short/);
});

test("the record says who changed what, from what to what, and of a secret its last characters only", async () => {
  const { id } = await draftOf("tolinku");
  await save("tolinku", {
    settings: { apiKey: "tolk_sec_another_9876", currency: "SEK" },
    rules: { countPos: true, onlyTags: ["VIP"] },
  });
  await save("tolinku");
  await switchConnection(trip.road, SANDBOX_SHOP, id ?? "", "paused", "78");
  await switchConnection(trip.road, SANDBOX_SHOP, id ?? "", "paused", "78");
  await save("tolinku", { name: "Main", by: "79" });
  expect(await recordOf("tolinku")).toEqual([
    ["79", ["name", "Tolinku", "Main"]],
    ["78", ["state", "on", "paused"]],
    [
      "77",
      ["secrets.apiKey", "dbox", "9876"],
      ["settings.currency", "", "SEK"],
      ["rules.countPos", false, true],
      ["rules.onlyTags", [], ["VIP"]],
    ],
    [null, ["made", null, "Tolinku"]],
  ]);
  expect(await changesOf(trip.road, "another-shop.myshopify.com", id ?? "")).toEqual([]);
  const kept = await trip.road.db.query("SELECT what::text FROM connection_change");
  expect(JSON.stringify(kept)).not.toMatch(/tolk_sec/);
});

test("the vendor is asked before a new connection, a new secret or another host is saved, and a no keeps it from being saved", async () => {
  trip.vendors.misbehave("tolinku", "401");
  const before = await view("tolinku");
  const anew = { settings: { apiKey: "tolk_sec_wrong_0001" } };
  expect(await saveAfterTest("tolinku", anew)).toMatchObject({ ok: false, errors: {}, findings: [{ ok: false }, {}] });
  expect(await saveAfterTest("tolinku", { settings: { domain: "b.tolinku.com", ...anew.settings } })).toMatchObject({
    ok: false,
  });
  expect(await view("tolinku")).toEqual(before);
  // What is neither is saved without a word to the vendor.
  expect(await saveAfterTest("tolinku", { rules: { countPos: true } })).toMatchObject({ ok: true, findings: null });
  expect(await saveAfterTest("tolinku", anew, true)).toMatchObject({ ok: true, findings: null });
  expect((await view("tolinku"))?.test).toBeNull();
  trip.vendors.misbehave("tolinku", null);
  expect(await saveAfterTest("tolinku", { settings: { apiKey: "tolk_sec_sandbox" } })).toMatchObject({
    ok: true,
    findings: [{ ok: true }, {}],
  });
  expect((await view("tolinku"))?.test).toMatchObject({ ok: true });
  // A vendor that nothing can be asked of is believed.
  expect(await saveAfterTest("alana", second("North", "ak_north_00001"))).toMatchObject({
    ok: true,
    findings: [{ ok: null }, {}],
  });
});

test("a vendor that takes too long is not waited for: it is said so, and nothing is saved", async () => {
  const send = trip.road.fetch;
  let requests = 0;
  trip.road.fetch = (async (url: string | URL, init?: RequestInit) => {
    requests += 1;
    trip.forward(11_000); // each by itself is in time, together they are not
    return send(url, init);
  }) as typeof fetch;
  const draft = await draftOf("prisjakt", { settings: { clientSecret: "another-secret-0001" } });
  const findings = [{ ok: false, says: { code: "not_asked", values: { words: { code: "no_answer_within" } } } }];
  expect(await testConnection(trip.road, SANDBOX_SHOP, draft)).toMatchObject(findings);
  expect(await saveTested(trip.road, SANDBOX_SHOP, draft, false)).toMatchObject({ ok: false, errors: {}, findings });
  expect(requests).toBe(2);
});

test("10,000 characters, rules that are none, and another shop's connection are refused, field by field", async () => {
  const long = "x".repeat(10_000);
  const tags = Array.from({ length: 51 }, (_, at) => `tag ${at}`);
  expect(await save("tolinku", { name: long, settings: { domain: long } })).toMatchObject({
    errors: { name: { code: "form_long" }, domain: { code: "form_long" } },
  });
  expect(await save("tolinku", { rules: { onlyTags: tags, exceptTags: [long] } })).toMatchObject({
    errors: { "rules.onlyTags": { code: "many_tags" }, "rules.exceptTags": { code: "long_tag" } },
  });
  expect(await save("tolinku", { rules: { onlyTags: ["vip"], exceptTags: ["VIP"] } })).toMatchObject({
    errors: { "rules.exceptTags": { code: "tag_twice" } },
  });
  const stranger = await saveTested(trip.road, "another-shop.myshopify.com", await draftOf("tolinku"), false);
  expect(stranger).toMatchObject({ ok: false, errors: { form: { code: "form_gone" } } });
});

test("a shop of which Shopify has told nothing yet connects where nobody else has a connection that may be its own", async () => {
  await install(trip.road.db, "first.myshopify.com", null, trip.road.clock());
  const draft = { ...(await draftOf("tolinku")), id: null, settings: SANDBOX_SETTINGS.tolinku ?? {} };
  const connects = () => saveTested(trip.road, "first.myshopify.com", draft, true);
  expect(await connects()).toMatchObject({ ok: false, errors: { form: { code: "shop_unsettled" } } });
  await trip.road.db.query("DELETE FROM connection");
  expect(await connects()).toMatchObject({ ok: true });
});
