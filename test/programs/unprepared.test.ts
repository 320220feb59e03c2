// DATABASE_PREPARE=off reaches the programs: on their way to PostgreSQL no statement is prepared by name.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openRoad } from "../../app/programs/open-road.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { read } from "../support/pooler.ts";
import { startWeb } from "../support/web.ts";

let database: TestDatabase;
let way: Server;
/** Names by which statements were prepared. */
let prepared: Set<string>;
beforeEach(async () => {
  [database, prepared] = [await freshDatabase(), new Set()];
  way = createServer((client) => {
    const onward = connect(Number(new URL(database.url).port), "127.0.0.1");
    for (const one of [client, onward]) one.on("error", () => {});
    void note(client.pipe(new PassThrough()));
    client.pipe(onward).pipe(client);
  });
  await once(way.listen(0, "127.0.0.1"), "listening");
});
afterEach(async () => {
  way.close();
  await database.drop();
});
async function note(said: AsyncIterable<Buffer>): Promise<void> {
  for await (const { type, bytes } of read(said, true))
    if (type === "P") prepared.add(bytes.toString("utf8", 5, bytes.indexOf(0, 5)));
}
function env(more: Record<string, string>): Record<string, string> {
  const url = new URL(database.url);
  url.port = String((way.address() as AddressInfo).port);
  const key = randomBytes(32).toString("base64");
  return { DATABASE_URL: url.href, ENCRYPTION_KEY: key, SANDBOX_VENDORS_URL: "http://127.0.0.1:9", ...more };
}

async function openAndClose(more: Record<string, string>): Promise<void> {
  const { close } = await openRoad(readEnv(env(more)), { role: "worker", shares: { road: 2, bells: 2 } });
  await close();
}

test("the road, which web and worker share, prepares where it may and not where it must not", async () => {
  await openAndClose({ DATABASE_PREPARE: "off" });
  expect(prepared).toEqual(new Set([""]));
  await openAndClose({});
  expect(prepared.size).toBeGreaterThan(1);
});

test("the web takes a webhook and shows its pages without", async () => {
  const web = await startWeb(env({ DATABASE_PREPARE: "off", SANDBOX_TRAFFIC: "off" }));
  const headers = signWebhook({ topic: "orders/create", body: "{}" });
  expect((await fetch(`${web.url}/webhooks`, { method: "POST", body: "{}", headers })).status).toBe(200);
  await web.stop();
  expect(prepared).toEqual(new Set([""]));
});
