// A stored secret goes only where it went: with an address of another host it is asked for again, when tested and when saved.
import { afterEach, beforeEach, expect, test } from "vitest";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { testConnection } from "../../app/delivery/connections/test-connection.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";

let trip: TestRoad;
let asked: { url: string; headers: string }[];
beforeEach(async () => {
  trip = await openTestRoad();
  asked = [];
  trip.road.sandbox = null;
  trip.road.fetch = (async (url: string, init: RequestInit) => {
    asked.push({ url: String(url), headers: JSON.stringify([...new Headers(init.headers)]) });
    return Response.json({}, { status: 401 });
  }) as unknown as typeof fetch;
});
afterEach(() => trip.close());

async function draftOf(slug: string, settings: Record<string, string>) {
  const one = (await listConnections(trip.road, SANDBOX_SHOP)).find(({ destination }) => destination === slug);
  if (!one) throw new Error(`no connection to ${slug}`);
  return { id: one.id, destination: slug, name: one.name, settings: { ...one.settings, ...settings }, rules: {} };
}
const stored = () => trip.road.db.query("SELECT destination, settings, secrets FROM connection ORDER BY id");
const SECRETS = /tolk_sec_sandbox|sandbox-client-secret|c2FuZGJveC/;

test.each([
  ["tolinku", "apiKey", { domain: "https://evil.example.com" }],
  ["tolinku", "apiKey", { domain: "sandbox.tolinku.example.evil.example.com" }],
  ["tolinku", "apiKey", { domain: "https://sandbox.tolinku.example:8443" }],
  ["prisjakt", "clientSecret", { baseUrl: "https://evil.example.com" }],
  ["prisjakt", "clientSecret", { baseUrl: "https://evil.example.com/", clientSecret: "  " }],
])("%s: %s does not go to %o", async (slug, secret, change) => {
  const before = await stored();
  const draft = await draftOf(slug, change as Record<string, string>);
  const findings = asTold(await testConnection(trip.road, SANDBOX_SHOP, draft));
  expect(findings.some(({ ok, says }) => ok === false && /another address|right|address/i.test(says))).toBe(true);
  expect(asked.filter(({ url, headers }) => SECRETS.test(url + headers))).toEqual([]);
  expect(await saveConnection(trip.road, SANDBOX_SHOP, draft)).toMatchObject({
    ok: false,
    errors: { [secret]: { code: "secret_elsewhere" } },
  });
  expect(await stored()).toEqual(before);
  const anew = { ...draft, settings: { ...draft.settings, [secret]: "a-key-of-its-own-0001" } };
  await testConnection(trip.road, SANDBOX_SHOP, anew);
  expect(asked.filter(({ url, headers }) => SECRETS.test(url + headers))).toEqual([]);
});

test("with the address as it was the stored secret is used, and what else changes is saved", async () => {
  const draft = await draftOf("tolinku", { domain: "sandbox.tolinku.example/" });
  expect((await saveConnection(trip.road, SANDBOX_SHOP, { ...draft, name: "Mine" })).ok).toBe(true);
  await testConnection(trip.road, SANDBOX_SHOP, draft);
  expect(asked.some(({ headers }) => headers.includes("tolk_sec_sandbox"))).toBe(true);
});
