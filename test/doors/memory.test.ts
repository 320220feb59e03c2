// What a flood of bodies that nobody signed costs a real web process: measured by its resident memory, the flood a process of its own.
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signWebhook } from "../../sandbox/sign.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import type { Flooded } from "../support/flood.ts";
import { startWeb, type Web } from "../support/web.ts";

let database: TestDatabase;
let web: Web;
beforeAll(async () => {
  database = await freshDatabase();
  web = await startWeb({
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    ...{ SANDBOX_TRAFFIC: "off", SANDBOX_VENDORS_URL: "http://127.0.0.1:9" },
  });
});
afterAll(async () => {
  await web?.stop();
  await database?.drop();
});

const MB = 2 ** 20;
/** Of the web process, in MB: VmRSS now, VmHWM at its highest. */
const memory = (what: "VmRSS" | "VmHWM") =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${web.pid}/status`, "utf8"))?.[1]) / 1024;
const taken = async () => {
  const answer = await fetch(`${web.url}/webhooks`, {
    ...{ method: "POST", body: "{}", headers: signWebhook({ topic: "orders/create", body: "{}" }) },
  });
  return answer.status;
};

/** @returns the memory at its highest meanwhile. */
async function flood(connections: number, bytes: number): Promise<number> {
  writeFileSync(`/proc/${web.pid}/clear_refs`, "5"); // the highest counts from here
  const flooder = fork(
    new URL("../support/flood.ts", import.meta.url),
    [new URL(web.url).port, connections, bytes].map(String),
  );
  const over = once(flooder, "message");
  expect(await taken()).toBe(200);
  const [{ answers }] = (await over) as [Flooded];
  expect(Object.keys(answers)).not.toContain("200");
  expect(answers["503"]).toBeGreaterThan(0);
  return memory("VmHWM");
}

test.runIf(process.platform === "linux")(
  "150 bodies of 5 MB that nobody signed do not fill the memory",
  async () => {
    for (let n = 0; n < 50; n += 1) await taken(); // warm
    const before = memory("VmRSS");
    for (let n = 0; n < 3; n += 1) expect((await flood(150, 5 * MB)) - before).toBeLessThan(FLOOD_MB);
    expect(await taken()).toBe(200);
  },
  120_000,
);

/** 24 MB of bodies at a time, and a piece per connection: what was read and dropped is given back at once. All of them are 750. */
const FLOOD_MB = 150;
