// Whose database it is: the sandbox's, for whose shop anybody can sign, and an app's with credentials are never taken for each other.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeDatabase } from "../../app/programs/deed.ts";
import { install } from "../../app/shopify/install.ts";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { startVendors } from "../../sandbox/vendors.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { startWeb } from "../support/web.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const IS_AN_APPS = /^This database belongs to an app with Shopify credentials, and none are set/;
const WAS_A_SANDBOXS = /^This database was a sandbox's/;
const known = (shop: string) => install(database.db, shop, null, new Date());

test("the first start marks it, and the other kind is refused from then on, in both directions", async () => {
  await takeDatabase(database.db, true);
  await takeDatabase(database.db, true);
  await expect(takeDatabase(database.db, false)).rejects.toThrow(WAS_A_SANDBOXS);
  await database.db.query("DELETE FROM deed");
  await takeDatabase(database.db, false);
  await expect(takeDatabase(database.db, true)).rejects.toThrow(IS_AN_APPS);
});

test("one that an older version left without a mark is known by its shops", async () => {
  await known("a-real-shop.myshopify.com");
  await expect(takeDatabase(database.db, true)).rejects.toThrow(IS_AN_APPS);
  await takeDatabase(database.db, false);
  await database.db.query("DELETE FROM deed");
  await database.db.query("DELETE FROM shop");
  await known(SANDBOX_SHOP);
  await expect(takeDatabase(database.db, false)).rejects.toThrow(WAS_A_SANDBOXS);
  await takeDatabase(database.db, true);
});

test("two that start at once agree", async () => {
  const ends = await Promise.allSettled([true, false, true, false].map((box) => takeDatabase(database.db, box)));
  expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
});

test("web and launcher say it once, and do not start", async () => {
  await known("a-real-shop.myshopify.com");
  const variables = { ENCRYPTION_KEY: randomBytes(32).toString("base64"), SANDBOX_VENDORS_URL: "http://localhost:9" };
  for (const program of ["app/entry.web.ts", "app/entry.worker.ts", "scripts/check-database.mjs"]) {
    const child = spawn(process.execPath, [program], {
      cwd: new URL("../..", import.meta.url),
      env: { PATH: process.env.PATH, NODE_ENV: "production", DATABASE_URL: database.url, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    const [code] = await once(child, "close");
    expect([code, said.match(/belongs to an app with Shopify credentials/g)?.length], program).toEqual([1, 1]);
  }
});

test("the sandbox's door takes webhooks of its own shop only", async () => {
  const vendors = await startVendors({ budgets: false });
  const variables = { ENCRYPTION_KEY: randomBytes(32).toString("base64"), SANDBOX_VENDORS_URL: vendors.url };
  const web = await startWeb({ DATABASE_URL: database.url, ...variables });
  try {
    const status = async (shop: string) => {
      const body = '{"id":1}';
      const headers = signWebhook({ topic: "orders/create", body, shop });
      return (await fetch(`${web.url}/webhooks`, { method: "POST", headers, body })).status;
    };
    expect(await status("a-real-shop.myshopify.com")).toBe(401);
    expect(await status(SANDBOX_SHOP)).toBe(200);
    expect(await database.db.query("SELECT shop FROM webhook")).toEqual([{ shop: SANDBOX_SHOP }]);
  } finally {
    await web.stop();
    await vendors.stop();
  }
});
