// The embedded pages in a real browser, on the real web process, database and vendors.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { newClickId } from "../sandbox/shop.ts";
import { type Admin, awake, openAdmin } from "./support/admin.ts";
import type { Tab } from "./support/browser.ts";
import { framed } from "./support/web.ts";

let admin: Admin;
let tab: Tab;
beforeAll(async () => {
  admin = await openAdmin();
});
afterAll(async () => {
  await admin?.close();
  expect(admin.web.said()).toBe("");
});
beforeEach(async () => {
  tab = await admin.tab();
});
afterEach(async () => {
  await tab.close();
  expect(tab.complaints).toEqual([]);
});

const open = (path: string) => admin.show(tab.page, path);
const row = (name: string) => tab.page.getByRole("row", { name: new RegExp(`${name}\\b`) });

test("Home says that all is well, and shows each order with what became of it at every vendor", async () => {
  const clicked = await admin.place({ clickId: newClickId() });
  const other = await admin.place({ clickId: null });
  await open("/app");
  await tab.page.getByRole("heading", { name: "All is well" }).waitFor();
  const cells = await row(clicked.name).getByRole("cell").allInnerTexts();
  expect(cells).toHaveLength(5);
  expect(cells.join(" ")).not.toMatch(/Skipped|Refused|Unknown|Waiting/);
  expect(await row(other.name).textContent()).toMatch(/Skipped.*click id/);
  expect(await row("ShopiMind").first().textContent()).toContain("On");
});

test("a page that is opened without a session token fetches one, and is there", async () => {
  await tab.page.goto(admin.web.url + framed("/app/attention"));
  await tab.page.waitForURL(/\/app\/attention\?.*id_token=/);
  await tab.page.getByRole("heading", { name: "Needs attention" }).waitFor();
  await awake(tab.page); // else what the page still fetches is cut off, and complained of
});

test("a new order comes onto Home by itself", async () => {
  await open("/app");
  await tab.page.getByRole("heading", { name: "Latest orders" }).waitFor();
  const order = await admin.place();
  await row(order.name).waitFor({ timeout: 10_000 });
});

test("a delivery is proved by the request that carried it and the vendor's own answer", async () => {
  const order = await admin.place();
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
  const rows = await admin.trip.database.db.query("SELECT settings, secrets FROM connection");
  expect(JSON.stringify(rows)).not.toContain("sp_sandbox_write");
  await admin.place();
  expect((await admin.trip.states("shopipixel")).at(-1)?.state).toBe("delivered");
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
  const [row] = await admin.trip.database.db.query("SELECT rules FROM connection WHERE destination = 'tolinku'");
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

test("where a visitor's consent is not known the cautious answer is chosen, each says what it means, and another one is kept", async () => {
  await open("/app/alana/new");
  expect(await tab.page.getByLabel("send the purchase without e-mail and phone").isChecked()).toBe(true);
  await open("/app/alana");
  await tab.page.getByText(/alana\.shopping gets the contact data too\./).waitFor();
  await tab.page.locator("label", { hasText: "send everything" }).click();
  await tab.page.getByRole("button", { name: "Save" }).click();
  await tab.page.getByText("Saved.").waitFor();
  await open("/app/alana");
  expect(await tab.page.getByLabel("send everything").isChecked()).toBe(true);
});

test("on a phone nothing runs out of the side of a page", async () => {
  await admin.place({ clickId: newClickId() });
  const phone = await admin.tab({ width: 390, height: 844 });
  const pages = [
    "/app",
    "/app/shopipixel",
    "/app/prisjakt/new",
    "/app/attention",
    "/app/deliveries/1",
    "/app/settings",
  ];
  for (const path of [...pages, await figuresOf("tolinku"), await figuresOf("prisjakt")]) {
    await admin.show(phone.page, path);
    if (path.endsWith("/figures")) await phone.page.getByText(/^Fetched/).waitFor();
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, path).toBeLessThanOrEqual(390);
  }
  await phone.close();
  expect(phone.complaints).toEqual([]);
});

async function figuresOf(slug: string): Promise<string> {
  const [row] = await admin.trip.database.db.query<{ id: string }>("SELECT id FROM connection WHERE destination = $1", [
    slug,
  ]);
  return `/app/${slug}/${row?.id}/figures`;
}
