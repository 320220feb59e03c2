// The embedded pages in a real browser, on the real web process, database and vendors.
import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openKeyring } from "../app/secrets.server.ts";
import { newClickId, newOrder, orderCreated } from "../sandbox/shop.ts";
import { closeBrowser, openPage, show, type Tab } from "./support/browser.ts";
import { openTestRoad, type TestRoad } from "./support/road.ts";
import { framed, startWeb, type Web } from "./support/web.ts";

let trip: TestRoad;
let web: Web;
let tab: Tab;
beforeAll(async () => {
  const key = randomBytes(32).toString("base64");
  trip = await openTestRoad({ keys: openKeyring(key) });
  web = await startWeb({
    DATABASE_URL: trip.database.url,
    ENCRYPTION_KEY: key,
    SANDBOX_VENDORS_URL: trip.vendors.url,
    SANDBOX_BUDGETS: "off",
  });
}, 60_000);
afterAll(async () => {
  await closeBrowser();
  await web?.stop();
  await trip?.close();
});
beforeEach(async () => {
  tab = await openPage();
});
afterEach(async () => {
  await tab.close();
  expect(tab.complaints).toEqual([]);
});

const open = (path: string) => show(tab.page, web.url + framed(path));
const row = (name: string) => tab.page.getByRole("row", { name: new RegExp(`${name}\\b`) });
const settle = async (order: ReturnType<typeof newOrder>) => {
  const { topic, payload } = orderCreated(order);
  await trip.hear(topic, payload);
  await trip.run();
};

test("Home says that all is well, and shows each order with what became of it at every vendor", async () => {
  const clicked = newOrder({ clickId: newClickId() });
  const other = newOrder({ clickId: null });
  await settle(clicked);
  await settle(other);
  await open("/app");
  await tab.page.getByRole("heading", { name: "All is well" }).waitFor();
  const cells = await row(clicked.name).getByRole("cell").allInnerTexts();
  expect(cells).toHaveLength(5);
  expect(cells.join(" ")).not.toMatch(/Skipped|Refused|Unknown|Waiting/);
  expect(await row(other.name).textContent()).toMatch(/Skipped.*click id/);
  expect(await row("ShopiMind").first().textContent()).toContain("On");
});

test("a new order comes onto Home by itself", async () => {
  await open("/app");
  const order = newOrder({ clickId: newClickId() });
  await tab.page.getByRole("heading", { name: "Latest orders" }).waitFor();
  await settle(order);
  await row(order.name).waitFor({ timeout: 10_000 });
});

test("a delivery is proved by the request that carried it and the vendor's own answer", async () => {
  const order = newOrder({ clickId: newClickId() });
  await settle(order);
  await open("/app");
  await row(order.name).getByRole("link").first().click();
  await tab.page.getByRole("heading", { name: "Order placed to ShopiPixel" }).waitFor();
  const story = await tab.page.locator("body").textContent();
  expect(story).toContain(`order ${order.id}`);
  expect(story).toContain("orders/create");
  expect(story).toMatch(/HTTP 200/);
  expect(story).toContain('"success":true');
});

test("a wrong key is told at Test connection, and nothing of it is kept", async () => {
  await open("/app/shopipixel");
  await tab.page.getByLabel("API key").fill("sp_wrong");
  await tab.page.getByRole("button", { name: "Test connection" }).click();
  const findings = tab.page.getByRole("list", { name: "What the test found" });
  expect(await findings.textContent()).toMatch(/Not right.*key/i);
  await open("/app/shopipixel");
  await tab.page.getByRole("button", { name: "Test connection" }).click();
  expect(await findings.textContent()).toMatch(/Fine.*The key is valid/);
});

test("a credential is stored sealed, shown as stored, and never sent back", async () => {
  await open("/app/shopipixel");
  const key = tab.page.getByLabel("API key");
  await key.fill("sp_sandbox_write");
  const heard: Promise<string>[] = [];
  tab.page.on("response", (answer) => heard.push(answer.text().catch(() => "")));
  await tab.page.getByRole("button", { name: "Save" }).click();
  await tab.page.getByText("Saved.").waitFor();
  await expect.poll(() => key.inputValue()).toBe("");
  expect(await key.getAttribute("placeholder")).toContain("stored");
  await open("/app/shopipixel");
  expect(await tab.page.content()).not.toContain("sp_sandbox_write");
  expect((await Promise.all(heard)).join("")).not.toContain("sp_sandbox_write");
  const rows = await trip.database.db.query("SELECT settings, secrets FROM connection");
  expect(JSON.stringify(rows)).not.toContain("sp_sandbox_write");
  await settle(newOrder({ clickId: null }));
  expect((await trip.states("shopipixel")).at(-1)?.state).toBe("delivered");
});

test("what is wrong with a value is said beside it, and what was typed stays", async () => {
  await open("/app/shopipixel");
  const key = tab.page.getByLabel("API key");
  await key.fill("no key of theirs");
  await tab.page.getByRole("button", { name: "Save" }).click();
  await tab.page.getByText("A ShopiPixel key begins with sp_.").waitFor();
  expect(await key.getAttribute("aria-invalid")).toBe("true");
  expect(await key.inputValue()).toBe("no key of theirs");
  expect(await tab.page.getByText("Saved.").count()).toBe(0);
});

test("the rules of a connection are kept, each where it was set", async () => {
  await open("/app/tolinku");
  for (const label of ["when it is paid", "orders of the point of sale", "send nothing", "Cart changed"]) {
    await tab.page.locator("label", { hasText: label }).click();
  }
  await tab.page.getByLabel("Only orders that go to these countries").fill("se, no");
  await tab.page.getByRole("button", { name: "Save" }).click();
  await tab.page.getByText("Saved.").waitFor();
  const [row] = await trip.database.db.query("SELECT rules FROM connection WHERE destination = 'tolinku'");
  expect(row).toMatchObject({
    rules: {
      purchaseWhen: "paid",
      countPos: true,
      countSubscriptions: false,
      unknownConsent: "skip",
      kindsOff: ["cart.changed"],
      countries: ["SE", "NO"],
    },
  });
});
