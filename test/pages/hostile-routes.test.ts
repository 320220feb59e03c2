// Every route, verb, parameter and field of the pages with values that nobody sends in good faith: a no with a sentence, never a fault.
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type Admin, openAdmin } from "../support/admin.ts";
import { HUMAN } from "../support/browser.ts";
import { VALUES } from "../support/hostile.ts";
import { framed, tokenFor } from "../support/web.ts";

let admin: Admin;
const own: Record<string, string> = {};
/** A connection that may be told of the time before. */
const withHistory: Record<string, string> = {};
beforeAll(async () => {
  admin = await openAdmin();
  await admin.place();
  const { db } = admin.trip.database;
  const [connection] = await db.query<{ id: string }>("SELECT id FROM connection WHERE destination = 'tolinku'");
  const [delivery] = await db.query<{ id: string }>("SELECT id FROM delivery LIMIT 1");
  Object.assign(own, { slug: "tolinku", connectionId: connection?.id, id: delivery?.id });
  const [past] = await db.query<{ id: string }>("SELECT id FROM connection WHERE destination = 'shopimind'");
  Object.assign(withHistory, { slug: "shopimind", connectionId: past?.id });
});
afterAll(() => admin?.close());

/** One in three, unless all are wanted: what is dear is asked for in many places alike. */
const isTaken = (_one: unknown, place: number) => process.env.HOSTILE === "all" || place % 3 === 0;
const LONG = "a".repeat(100_000);
const VERBS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

/** Each route as its file's name says it: the address, with its parameters in braces, and its id for `_data`. */
const ROUTES = readdirSync(new URL("../../app/routes", import.meta.url)).map((file) => {
  const id = file.replace(/\.tsx?$/, "");
  const parts = id.split(".").filter((part) => !part.startsWith("_"));
  const path = parts.map((part) => (part === "$" ? "{rest}" : part.replace(/^\(?\$(\w+)\)?$/, "{$1}"))).join("/");
  return { id, path: `/${path}` };
});
const FIELDS: Record<string, string[]> = {
  "app.accuracy.$connectionId": ["intent"],
  "app.settings": ["intent", "to", "url", "daily", "customerId", "email", "phone"],
  "app.attention": ["intent", "all", "delivery", "connectionId", "state", "reason", "allWebhooks", "webhook", "topic"],
  "app.$slug.($connectionId)": [
    ...["intent", "id", "to", "name", "settings.apiKey", "settings.domain", "kinds[]", "unknownConsent", "ownApp"],
    ...["purchaseWhen", "countPos", "countries", "tag", "settings.__proto__"],
  ],
  "app.$slug.$connectionId.backfill": ["intent", "what", "from", "to", "confirmed", "backfill"],
  "app.missed": ["intent"],
  "app.privacy": ["intent"],
};
const INTENTS: Record<string, string[]> = {
  "app.accuracy.$connectionId": ["send"],
  "app.settings": ["pixel", "pixel ceiling", "alert-url", "alert-mail", "alert-limits", "forget"],
  "app.attention": ["dismiss", "replay"],
  "app.$slug.($connectionId)": ["save", "test", "switch", "disconnect"],
  "app.$slug.$connectionId.backfill": ["count", "start", "pause", "resume", "cancel"],
};
/** Their forms have no fields: what comes with them is not looked at. */
const TAKE_NONE = new Set(["app.missed", "app.privacy"]);
const SEARCH = "orders show after of days from to shop host embedded id_token shopify-reload _data p index".split(" ");

const valueAt = (place: number) => VALUES[place % VALUES.length] ?? "";
const SOME = ["", "\0", "a\0b", "\ud800", String(2n ** 70n), "'; DROP TABLE shop; --", "[]"];

const filled = ({ path }: { path: string }, over: Record<string, string> = {}) =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => encode(over[name] ?? own[name] ?? "exit-iframe"));
/** As it would come over the wire: a lone surrogate has no bytes of its own there. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed()) || "%20";

async function ask(path: string, init: RequestInit & { body?: string } = {}) {
  const headers = { "user-agent": HUMAN, authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, ...init.headers };
  const answer = await fetch(admin.web.url + path, { redirect: "manual", ...init, headers });
  const said = await answer.text();
  const what = `${init.method ?? "GET"} ${path.slice(0, 200)} ${init.body?.slice(0, 200) ?? ""} → ${answer.status} ${said.slice(0, 200)}`;
  expect(answer.status, what).toBeLessThan(500);
  if (answer.status >= 400 && init.method !== "HEAD") expect(said, what).toMatch(/[A-Za-z]{3,} [A-Za-z]+/);
  return answer.status;
}
/** Some at a time: there are thousands. */
async function each<Value>(all: Value[], work: (value: Value) => Promise<unknown>): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const value of left) await work(value);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
const dataOf = (id: string) => `_data=${encodeURIComponent(`routes/${id}`)}`;
const formOf = (route: { id: string; path: string }) =>
  `${filled(route, route.id.endsWith("backfill") ? withHistory : {})}?${dataOf(route.id)}`;
const form = (fields: [string, string][]) => ({
  method: "POST",
  body: fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&"),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

test.each(ROUTES)("$path: every verb, and every parameter in the path", async (route) => {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  await each(VERBS, async (method) => {
    const body = ["POST", "PUT", "DELETE", "PATCH"].includes(method) ? "a=%00" : undefined;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (const path of [filled(route), `${filled(route)}?${dataOf(route.id)}`])
      for (const origin of ["", "null", "https://evil.example.com", "://"].filter(isTaken))
        await ask(path, { method, body, headers: origin ? { ...headers, origin } : headers });
  });
  const paths = names.flatMap((name) => VALUES.map((value) => filled(route, { [name]: value })));
  const dear = new Set(paths.filter(isTaken));
  await each(paths, async (path) => {
    await ask(`${path}?${dataOf(route.id)}`);
    if (!dear.has(path)) return;
    await ask(`${framed(path)}&id_token=${tokenFor(SANDBOX_SHOP)}`);
    if (FIELDS[route.id])
      await ask(
        `${path}?${dataOf(route.id)}`,
        form([
          ["intent", "switch"],
          ["id", "1"],
          ["to", "off"],
        ]),
      );
  });
});

test.each(ROUTES)("$path: every parameter in the query", async (route) => {
  // Every parameter meets every value, all parameters at once.
  await each([...VALUES.keys()], async (at) => {
    const search = SEARCH.map((name, place) => `${name}=${encode(valueAt(at + place))}`).join("&");
    for (const data of isTaken(null, at) ? [`${dataOf(route.id)}&`, ""] : [`${dataOf(route.id)}&`])
      await ask(`${filled(route)}?${data}${search}`);
  });
  for (const tail of [
    "?%",
    "?%E0%A4%A",
    "?a=%ff%fe",
    "?&&&==",
    "?_data",
    "#",
    "?_data=routes/app&_data=routes/app",
    "?%00=1",
  ])
    await ask(filled(route) + tail);
});

test.each(Object.keys(FIELDS))("%s: every field of its forms", async (id) => {
  const route = ROUTES.find((one) => one.id === id) ?? { id, path: "" };
  const path = formOf(route);
  const fields = FIELDS[id] ?? [];
  const posts = [...(INTENTS[id] ?? []), null].flatMap((intent) =>
    [
      // Every field meets every value, all fields at once …
      ...[...VALUES.keys()].map((at) => fields.map((field, place): [string, string] => [field, valueAt(at + place)])),
      // … and some alone, where what is before them in the form is right.
      ...fields.flatMap((field) =>
        SOME.map((value): [string, string][] => [
          ["id", own.connectionId ?? ""],
          [field, value],
        ]),
      ),
    ].map((said): [string, string][] =>
      intent === null ? said : [["intent", intent], ...said.filter(([name]) => name !== "intent")],
    ),
  );
  await each(posts.filter(isTaken), (said) => ask(path, form(said)));
  for (const field of FIELDS[id] ?? [])
    await ask(
      path,
      form([
        ["intent", "save"],
        [field, LONG],
      ]),
    );
}, 240_000);

test.each(Object.keys(FIELDS))("%s: bodies that are no form", async (id) => {
  const route = ROUTES.find((one) => one.id === id) ?? { id, path: "" };
  const path = formOf(route);
  const types = ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "a/b", ""];
  const file = '--x\r\nContent-Disposition: form-data; name="id"; filename="a"\r\n\r\n\0\r\n--x--\r\n';
  const text = '--x\r\nContent-Disposition: form-data; name="id"\r\n\r\na\0b\r\n--x--\r\n';
  for (const type of types)
    for (const body of ["{}", "\0", "--x", file, text, "intent=switch&id=%ff%fe&to=off", ""])
      await ask(path, { method: "POST", body, headers: { "content-type": type } });
  const nul = await ask(
    path,
    form([
      ["intent", "switch"],
      ["id", "a\0b"],
    ]),
  );
  if (!TAKE_NONE.has(id)) expect(nul).toBe(400);
});

test("none of it was a fault of ours, and all goes on", async () => {
  expect(await ask("/app?_data=routes%2Fapp._index")).toBe(200);
  // Shopify's library may warn of what it turned away.
  expect(admin.web.said()).not.toMatch(/"level":[56]0/);
});
