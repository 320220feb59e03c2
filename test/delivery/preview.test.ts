// The preview: what it shows is what the road would send, word for word, it says why something would be skipped, and it leaves no trace.
import { afterEach, beforeEach, expect, test } from "vitest";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import type { Draft } from "../../app/delivery/connections/drafts.ts";
import { latestEvents } from "../../app/delivery/preview/events.ts";
import { type Preview, preview, type Which } from "../../app/delivery/preview/preview.ts";
import { told } from "../../app/delivery/reasons.ts";
import { newClickId, newOrder, orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { leaveSandbox } from "../support/wire.ts";

const STRANGER = "another-shop.myshopify.com";

let trip: TestRoad;
let sent: { method: string; url: string; body: string | null }[];
beforeEach(async () => {
  trip = await openTestRoad();
  sent = [];
  const send = trip.road.fetch;
  trip.road.fetch = (async (url: string | URL, init?: RequestInit) => {
    sent.push({
      method: init?.method ?? "GET",
      url: String(url),
      body: typeof init?.body === "string" ? init.body : null,
    });
    return send(url, init);
  }) as typeof fetch;
});
afterEach(() => trip.close());

async function draftOf(slug: string, change: Partial<Draft> = {}): Promise<Draft> {
  const one = (await listConnections(trip.road, SANDBOX_SHOP)).find(({ destination }) => destination === slug);
  const draft = { id: one?.id ?? null, destination: slug, name: one?.name ?? "", settings: {}, rules: {} };
  return { ...draft, ...change };
}
const shown = async (slug: string, which: Which, change: Partial<Draft> = {}) =>
  preview(trip.road, SANDBOX_SHOP, await draftOf(slug, change), which);
function said(of: Preview) {
  if (of.is !== "preview") return of.is;
  return of.reason ? told(trip.road, of.reason) : of.requests.length;
}
const idOf = async (kind: string) =>
  (await trip.road.db.query<{ id: string }>("SELECT id::text AS id FROM event WHERE kind = $1", [kind]))[0]?.id ?? "";
async function place(facts: Parameters<typeof newOrder>[0] = {}) {
  const order = newOrder({ clickId: newClickId(), at: trip.road.clock(), ...facts });
  const { topic, payload } = orderCreated(order);
  await trip.hear(topic, payload);
  return order;
}
/** Every row of every table. */
async function everything() {
  const tables = await trip.road.db.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const all = tables.map(({ name }) => trip.road.db.query(`SELECT t::text FROM "${name}" t ORDER BY 1`));
  return JSON.stringify(await Promise.all(all));
}
/** As it is compared: without lay-out. */
const compact = (body: string | null) => (body ?? "").replace(/\s+/g, "");

test("it shows the requests that the road then sends, address and body, down to the digits; only people and secrets are hidden", async () => {
  await place();
  await trip.run();
  const previews = new Map<string, Preview>();
  for (const [slug, kind] of [
    ["shopipixel", "order.placed"],
    ["alana", "order.placed"],
    ["prisjakt", "order.placed"],
    ["tolinku", "order.placed"],
    ["shopimind", "order.updated"],
  ] as const)
    previews.set(slug, await shown(slug, { event: await idOf(kind) }));
  for (const [slug, one] of previews) {
    if (one.is !== "preview") throw new Error(`${slug}: ${one.is}`);
    expect(one).toMatchObject({ reason: null, besides: null });
    for (const { method, address, body } of one.requests) {
      const same = sent.filter((other) => other.method === method && other.url === address);
      const parts = compact(body).split(/"?•••"?/);
      expect(
        same.some((other) => parts.every((part) => compact(other.body).includes(part))),
        `${slug} ${address}`,
      ).toBe(true);
    }
    const text = JSON.stringify(one);
    expect(text).not.toMatch(/sp_sandbox|ak_sandbox|tolk_sec|sandbox-client-secret|sandbox-shopimind|@|\+49|\+46/);
  }
});

test("of every event of every vendor a sample becomes what the data sheet says that it becomes", async () => {
  for (const { slug, on, becomes = {} } of trip.road.destinations) {
    for (const kind of Object.keys(on).filter((kind) => kind !== "order.reduced")) {
      const settings: Record<string, string> = slug === "shopipixel" ? { refundEvent: "MoneyBack" } : {};
      const one = await shown(slug, { sample: kind }, { settings });
      if (one.is !== "preview") throw new Error(`${slug} ${kind}: ${one.is}`);
      const word = becomes[kind as keyof typeof becomes];
      const requests = one.requests
        .map(({ method, address, body }) => `${method} ${new URL(address).pathname} ${body}`)
        .join("\n");
      if (word === undefined) expect([slug, kind, one.reason !== null]).toEqual([slug, kind, true]);
      else if (typeof word !== "string") expect(requests).toContain(settings[word.setting]);
      else expect(requests.replaceAll(`/${slug}/`, "/"), `${slug} ${kind}`).toContain(word);
    }
  }
});

test("it sends nothing and writes nothing", async () => {
  await place();
  await trip.run();
  const asked = sent.length;
  const before = await everything();
  const id = await idOf("order.placed");
  for (const { slug } of trip.road.destinations) {
    await shown(slug, { event: id });
    await shown(slug, { sample: "order.placed" }, { id: null, settings: { apiKey: "sp_other", workspace: "another" } });
  }
  await latestEvents(trip.road, SANDBOX_SHOP, ["order.placed"]);
  expect(await everything()).toBe(before);
  expect(sent).toHaveLength(asked);
});

test("it goes by the form as it is typed, and says why something would be skipped", async () => {
  leaveSandbox(trip);
  await place({ clickId: null });
  await trip.run();
  const event = await idOf("order.placed");
  expect(said(await shown("tolinku", { event }))).toBe(1);
  expect(said(await shown("prisjakt", { event }))).toMatch(/click id/);
  expect(said(await shown("tolinku", { event }, { rules: { kindsOff: ["order.placed"] } }))).toMatch(/switched off/);
  expect(said(await shown("tolinku", { event }, { rules: { purchaseWhen: "paid" } }))).toMatch(/when it is paid/);
  expect(said(await shown("tolinku", { event }, { rules: { countOnline: false } }))).toMatch(/online shop/);
  expect(said(await shown("tolinku", { event }, { rules: { onlyTags: ["VIP"] } }))).toMatch(/none of the tags .*VIP/);
  expect(said(await shown("tolinku", { event }, { rules: { unknownConsent: "skip" } }))).toMatch(/consent/);
  const contact = await shown("shopipixel", { event }, { rules: { unknownConsent: "send" } });
  expect(JSON.stringify(contact)).toContain("userData");
  expect(JSON.stringify(await shown("shopipixel", { event }))).not.toContain("userData");
  expect(said(await shown("tolinku", { sample: "product.saved" }))).toBe("no event");
});

test("an event from before the connection, and a refund without its purchase, say so and show what one of now would be", async () => {
  const order = await place();
  await trip.run();
  const event = await idOf("order.placed");
  await trip.road.db.query("UPDATE connection SET created_at = created_at + interval '1 day'");
  const before = await shown("tolinku", { event });
  expect(before).toMatchObject({
    reason: null,
    besides: { code: "before_connection" },
    requests: [{ method: "POST" }],
  });
  expect(
    await shown(
      "tolinku",
      { event },
      { id: null, name: "New", settings: { domain: "other.tolinku.com", apiKey: "tolk_sec_1" } },
    ),
  ).toMatchObject({ besides: null, requests: [{ method: "POST" }] });
  await trip.road.db.query("UPDATE connection SET created_at = created_at - interval '1 day'");
  const refund = refundCreated(order);
  await trip.hear(refund.topic, refund.payload);
  await trip.run();
  await trip.road.db.query("DELETE FROM delivery WHERE kind = 'order.placed'");
  const back = await shown("tolinku", { event: await idOf("order.refunded") });
  expect(back).toMatchObject({ reason: null, besides: { code: "waits_for_purchase" }, requests: [{ method: "POST" }] });
});

test("a form that is not right shows its faults, and what is another shop's is not there", async () => {
  await place();
  await trip.run();
  const event = await idOf("order.placed");
  const long = { onlyTags: ["x".repeat(10_000)], countries: ["SWE"] };
  expect(await shown("tolinku", { event }, { rules: long, settings: { domain: "x".repeat(10_000) } })).toMatchObject({
    is: "wrong form",
    errors: { domain: { code: "form_long" }, "rules.onlyTags": { code: "long_tag" }, "rules.countries": {} },
  });
  const draft = await draftOf("tolinku");
  expect(await preview(trip.road, STRANGER, draft, { event })).toMatchObject({
    errors: { form: { code: "form_gone" } },
  });
  const own = { ...draft, id: null, settings: { domain: "a.tolinku.com", apiKey: "tolk_sec_2" } };
  expect(await preview(trip.road, STRANGER, own, { event })).toEqual({ is: "no event" });
  for (const strange of ["", "0", "-1", "1e3", "9".repeat(40), "' OR 1=1"])
    expect(await shown("tolinku", { event: strange })).toEqual({ is: "no event" });
});
