// What an operator sees and strangers do not: metrics, readiness, a log of one JSON line each; and the app's address as it may be written.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../app/base/database.ts";
import { readEnv } from "../../app/base/env.ts";
import { openBeat } from "../../app/delivery/beat.ts";
import { openSight } from "../../app/doors/bearer.ts";
import { readiness } from "../../app/doors/health.ts";
import { startApp } from "../support/app.ts";
import { HUMAN } from "../support/browser.ts";
import { freshDatabase } from "../support/database.ts";
import { openRealApp, type RealApp, SHOP, tokenOf } from "../support/shopify.ts";
import { framed } from "../support/web.ts";

const TOKEN = "a-token-of-the-operator";
let app: RealApp;
beforeAll(async () => {
  app = await openRealApp({ METRICS_TOKEN: TOKEN, SHOPIFY_APP_URL: "https://App.example.com:443/", LOG_LEVEL: "info" });
});
afterAll(() => app?.close());

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.web.url}${path}`, { headers: { "user-agent": HUMAN, ...headers }, redirect: "manual" });

test("with Shopify credentials the metrics and the details of /readyz are for who sends the token", async () => {
  const ready = async (headers?: Record<string, string>) => (await ask("/readyz", headers)).json();
  for (const authorization of [
    "",
    "Bearer",
    "Bearer wrong",
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
  ]) {
    const headers: Record<string, string> = authorization ? { authorization } : {};
    expect((await ask("/metrics", headers)).status, authorization).toBe(401);
    expect(await ready(headers), authorization).toEqual({ ready: true });
  }
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect(await (await ask("/metrics", headers)).text()).toContain("switchyard_webhooks_received_total 0");
  expect(await ready(headers)).toEqual({ ready: true, database: "there", migrated: true, pages: true, worker: false });
  expect((await ask("/healthz")).status).toBe(200);
});

test("where no token is set there is nothing to see, and in the sandbox all is open", () => {
  const request = (authorization?: string) => ({ headers: { authorization } }) as never;
  expect(openSight({ sandbox: false, METRICS_TOKEN: undefined })(request("Bearer undefined"))).toBe("shut");
  expect(openSight({ sandbox: true, METRICS_TOKEN: TOKEN })(request())).toBe("open");
  expect(openSight({ sandbox: false, METRICS_TOKEN: TOKEN })(request(`bearer ${TOKEN}`))).toBe("open");
});

test("a database that lacks one of the migrations is there, and not ready", async () => {
  const database = await freshDatabase();
  const done = (await database.db.query<{ name: string }>("SELECT migration_name AS name FROM _prisma_migrations")).map(
    ({ name }) => name,
  );
  expect(await readiness(database.db, done, true)).toMatchObject({ ready: true, migrated: true });
  const withNext = [...done, "99991231000000_not_made_yet"];
  expect(await readiness(database.db, withNext, true)).toMatchObject({
    ready: false,
    database: "there",
    migrated: false,
  });
  await database.drop();
});

test("a worker is there while its own beat is fresh, whatever connections bear its name", async () => {
  const database = await freshDatabase();
  const named = openDatabase(database.url, { size: 1, name: "switchyard worker" });
  await named.query("SELECT 1");
  const worker = async () => (await readiness(database.db, [], true)).worker;
  expect(await worker()).toBe(false);
  const [stop, stopOther] = [openBeat(database.db, () => {}), openBeat(database.db, () => {})];
  const beats = () => database.db.query("SELECT 1 FROM beat").then((rows) => rows.length);
  await expect.poll(beats, { timeout: 60_000 }).toBe(2);
  await stop();
  expect(await worker()).toBe(true);
  await stopOther();
  expect(await worker()).toBe(false);
  await database.db.query("INSERT INTO beat VALUES (gen_random_uuid(), clock_timestamp() - interval '20 seconds')");
  expect(await worker()).toBe(false);
  await named.end();
  await database.drop();
});

test("the real worker beats from its start, and takes its beat back at its end", async () => {
  const sandbox = await startApp();
  const worker = async () => ((await (await fetch(`${sandbox.url}/readyz`)).json()) as { worker: boolean }).worker;
  try {
    await expect.poll(worker, { timeout: 60_000 }).toBe(true);
    expect((await fetch(`${sandbox.url}/metrics`)).status).toBe(200);
    await sandbox.kill("worker", "SIGTERM");
    expect(await worker()).toBe(false);
  } finally {
    await sandbox.stop();
  }
});

test("nobody writes a line of the log but the app, whatever a stranger sends, and no secret is in one", async () => {
  const forged = encodeURIComponent('https://evil.example.com/\n{"level":60,"msg":"forged"}\r\nmail@example.com');
  for (const shop of [SHOP, encodeURIComponent('x\n{"level":60,"msg":"forged"}')]) {
    const answer = await ask(`/auth/exit-iframe?shop=${shop}&host=x&exitIframe=${forged}`);
    expect(answer.status).toBe(400);
  }
  await ask(`/assets/nothing-${forged}.js`);
  await ask("/app/%E0%A4%A");
  await ask(`${framed("/app", SHOP)}&id_token=${tokenOf()}`);
  await expect.poll(() => app.web.said()).toContain("Rejected exit-iframe");
  const lines = app.web.said().trim().split("\n");
  for (const line of lines)
    expect(JSON.parse(line), line).toMatchObject({ level: expect.any(Number), pid: expect.any(Number) });
  for (const mark of ["forged", "evil", "mail@example.com", "eyJ", "shpat_", TOKEN])
    expect(app.web.said()).not.toContain(mark);
});

test("an address with a slash, a path or a port of its own is brought to its origin, and Shopify's pixel is told that", async () => {
  await ask(`${framed("/app", SHOP)}&id_token=${tokenOf()}`, { "sec-fetch-dest": "iframe" });
  const [shop] = await app.database.db.query<{ endpoint: string; key: string }>(
    "SELECT pixel_endpoint AS endpoint, pixel_key AS key FROM shop WHERE domain = $1",
    [SHOP],
  );
  expect(shop?.endpoint).toBe("https://app.example.com/pixel");
  const { pathname } = new URL(`${shop?.endpoint}/${shop?.key}`);
  const posted = await fetch(`${app.web.url}${pathname}`, { method: "OPTIONS" });
  expect(posted.status).toBe(204);
});

test("the address is read from APP_URL too, as Shopify's command line calls it, and a wrong one is named as it was given", () => {
  const given = {
    DATABASE_URL: "postgres://db",
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: "secret",
    ENCRYPTION_KEY: "x",
  };
  expect(readEnv({ ...given, APP_URL: "https://app.example.com//" }).appUrl).toBe("https://app.example.com");
  expect(
    readEnv({ ...given, APP_URL: "https://a.example.com", SHOPIFY_APP_URL: "https://b.example.com/x/" }).appUrl,
  ).toBe("https://b.example.com");
  expect(() => readEnv({ ...given, APP_URL: "nonsense" })).toThrow(/ {2}APP_URL must be a URL/);
  // A variable of that name may be anybody's where the app has no credentials.
  expect(readEnv({ DATABASE_URL: "postgres://db", APP_URL: "nonsense" })).toMatchObject({
    sandbox: true,
    appUrl: "http://localhost:3000",
  });
  expect(() => readEnv({ ...given, APP_URL: "https://a.example.com", DATABASE_CONNECTIONS: "3" })).toThrow(
    "DATABASE_CONNECTIONS must be at least",
  );
  expect(() => readEnv({ ...given, APP_URL: "https://a.example.com", METRICS_TOKEN: "short" })).toThrow(
    "METRICS_TOKEN must have",
  );
});
