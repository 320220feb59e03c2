// A start: webhooks are taken before the pages' process is up, /readyz says no until then, and a page waits for it, or is told so.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openPagesDoor } from "../../app/doors/pages.ts";
import { openPages } from "../../app/programs/pages.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { freePort } from "../../scripts/port.mjs";
import { freshDatabase } from "../support/database.ts";
import { startWeb } from "../support/web.ts";

/** Again and again until the web listens. */
async function ask(url: string, init?: RequestInit): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, init).catch(() => null);
    if (answer) return answer;
    await sleep(20);
  }
}

test("before the pages are up webhooks are taken, /readyz says no, and a page is answered in a sentence at worst", async () => {
  const [database, port] = [await freshDatabase(), await freePort()];
  const url = `http://localhost:${port}`;
  const seed = Promise.withResolvers<void>();
  const kept = Promise.withResolvers<void>();
  // What the pages' process writes first, the sandbox's connections, waits for this.
  const holding = database.db.transaction(async (sql) => {
    await sql.query("LOCK TABLE connection IN SHARE MODE");
    kept.resolve();
    await seed.promise;
  });
  await kept.promise;
  const starting = startWeb({
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    ...{ PORT: String(port), SANDBOX_TRAFFIC: "off", SANDBOX_VENDORS_URL: "http://127.0.0.1:9" },
  });
  const headers = signWebhook({ topic: "orders/create", body: "{}" });
  expect((await ask(`${url}/webhooks`, { method: "POST", body: "{}", headers })).status).toBe(200);
  const ready = await ask(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false, migrated: true, pages: false }]);
  const page = ask(`${url}/auth/login`);
  seed.resolve();
  await holding;
  const web = await starting;
  const [row] = await database.db.query<{ there: number }>("SELECT count(*)::int AS there FROM connection");
  expect(row?.there).toBe(5);
  const answer = await page; // on a busy machine the start takes longer than it waits
  if (answer.status !== 200)
    expect([answer.status, await answer.text()]).toEqual([502, "the pages are being started; try again in a moment\n"]);
  await web.stop();
  await database.drop();
}, 120_000);

test("who asks for the pages' process while it is being started waits until it listens", async () => {
  const ending = new AbortController();
  const pages = openPages(new URL("../support/pages.ts", import.meta.url), ending.signal);
  expect(await pages.socket()).toBeTypeOf("string");
  ending.abort();
  await pages.close();
});

test("a page whose process does not come is answered in a sentence, and that is no fault", async () => {
  const faults: unknown[] = [];
  const failed = (error: unknown) => void faults.push(error);
  const door = openPagesDoor({ socket: async () => null, origin: "http://localhost", failed });
  const server = createServer((request, response) => void door(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/auth/login`);
  expect([answer.status, await answer.text()]).toEqual([502, "the pages are being started; try again in a moment\n"]);
  expect(faults).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});
