// The embedded pages in a real browser, on the real web process, database and vendors.
import { expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { awake } from "../support/admin.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { framed } from "../support/web.ts";

const merchant = merchantAtPages({ anew: false });
const { open } = merchant;

const row = (name: string) => merchant.tab.page.getByRole("row", { name: new RegExp(`${name}\\b`) });

test("Home says that all is well, and shows each order with what became of it at every vendor", async () => {
  const clicked = await merchant.admin.place({ clickId: newClickId() });
  const other = await merchant.admin.place({ clickId: null });
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "All is well" }).waitFor();
  const cells = await row(clicked.name).getByRole("cell").allInnerTexts();
  expect(cells).toHaveLength(5);
  expect(cells.join(" ")).not.toMatch(/Skipped|Refused|Unknown|Waiting/);
  expect(await row(other.name).textContent()).toMatch(/Skipped.*click id/);
  expect(await row("ShopiMind").first().textContent()).toContain("On");
});

test("a page that is opened without a session token fetches one, and is there", async () => {
  await merchant.tab.page.goto(merchant.admin.web.url + framed("/app/attention"));
  await merchant.tab.page.waitForURL(/\/app\/attention\?.*id_token=/);
  await merchant.tab.page.getByRole("heading", { name: "Needs attention" }).waitFor();
  await awake(merchant.tab.page); // else what the page still fetches is cut off, and complained of
});

test("a new order comes onto Home by itself", async () => {
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "Latest orders" }).waitFor();
  const order = await merchant.admin.place();
  await row(order.name).waitFor({ timeout: 60_000 });
});

test("a delivery is proved by the request that carried it and the vendor's own answer", async () => {
  const order = await merchant.admin.place();
  await open("/app");
  await row(order.name).getByRole("cell").first().getByRole("link").click();
  await merchant.tab.page.getByRole("heading", { name: "Order placed to ShopiPixel" }).waitFor();
  const story = await merchant.tab.page.locator("body").textContent();
  expect(story).toContain(`Order ${order.name}`);
  expect(story).toContain("orders/create");
  expect(story).toMatch(/HTTP 200/);
  expect(story).toContain('"success":true');
});

test("a wrong key is told at Test connection, and nothing of it is kept", async () => {
  await open("/app/shopipixel");
  await merchant.tab.page.getByLabel("API key").fill("sp_wrong");
  await merchant.tab.page.getByRole("button", { name: "Test connection" }).click();
  const findings = merchant.tab.page.getByRole("list", { name: "What the test found" });
  expect(await findings.textContent()).toMatch(/Not right.*key/i);
  await open("/app/shopipixel");
  await merchant.tab.page.getByRole("button", { name: "Test connection" }).click();
  expect(await findings.textContent()).toMatch(/Fine.*The key is valid/);
});

test("a credential is stored sealed, shown as stored, and never sent back", async () => {
  await open("/app/shopipixel");
  const key = merchant.tab.page.getByLabel("API key");
  await key.fill("sp_sandbox_write");
  const heard: Promise<string>[] = [];
  merchant.tab.page.on("response", (answer) => heard.push(answer.text().catch(() => "")));
  await merchant.tab.page.getByRole("button", { name: "Save" }).click();
  await merchant.press("Save anyway"); // it may not read
  await merchant.tab.page.getByText("Saved.").waitFor();
  await expect.poll(() => key.inputValue()).toBe("");
  expect(await key.getAttribute("placeholder")).toContain("stored");
  await open("/app/shopipixel");
  expect(await merchant.tab.page.content()).not.toContain("sp_sandbox_write");
  expect((await Promise.all(heard)).join("")).not.toContain("sp_sandbox_write");
  const rows = await merchant.admin.trip.database.db.query("SELECT settings, secrets FROM connection");
  expect(JSON.stringify(rows)).not.toContain("sp_sandbox_write");
  await merchant.admin.place();
  expect((await merchant.admin.trip.states("shopipixel")).at(-1)?.state).toBe("delivered");
});

test("what is wrong with a value is said beside it, and what was typed stays", async () => {
  await open("/app/shopipixel");
  const key = merchant.tab.page.getByLabel("API key");
  await key.fill("no key of theirs");
  await merchant.tab.page.getByRole("button", { name: "Save" }).click();
  await merchant.tab.page.getByText("A ShopiPixel key begins with sp_.").waitFor();
  expect(await key.getAttribute("aria-invalid")).toBe("true");
  expect(await key.inputValue()).toBe("no key of theirs");
  expect(await merchant.tab.page.getByText("Saved.").count()).toBe(0);
});

test("the rules of a connection are kept, each where it was set", async () => {
  await open("/app/tolinku");
  for (const label of ["when it is paid", "orders of the point of sale", "send nothing", "Cart changed"]) {
    await merchant.tab.page.locator("label", { hasText: label }).click();
  }
  const countries = merchant.tab.page.getByLabel("Only orders that go to these countries");
  for (const name of ["Sweden", "Norway"]) await countries.selectOption(name);
  await merchant.tab.page.getByRole("button", { name: "Save" }).click();
  await merchant.tab.page.getByText("Saved.").waitFor();
  const [row] = await merchant.admin.trip.database.db.query(
    "SELECT rules FROM connection WHERE destination = 'tolinku'",
  );
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
  expect(await merchant.tab.page.getByLabel("send the purchase without e-mail and phone").isChecked()).toBe(true);
  await open("/app/alana");
  await merchant.tab.page.getByText(/alana\.shopping gets the contact data too\./).waitFor();
  await merchant.tab.page.locator("label", { hasText: "send everything" }).click();
  await merchant.tab.page.getByRole("button", { name: "Save" }).click();
  await merchant.tab.page.getByText("Saved.").waitFor();
  await open("/app/alana");
  expect(await merchant.tab.page.getByLabel("send everything").isChecked()).toBe(true);
});

test("on a phone nothing runs out of the side of a page", async () => {
  await merchant.admin.place({ clickId: newClickId() });
  const phone = await merchant.admin.tab({ width: 390, height: 844 });
  const pages = [
    "/app",
    "/app/shopipixel",
    "/app/prisjakt/new",
    "/app/attention",
    "/app/deliveries/1",
    "/app/settings",
  ];
  for (const path of [...pages, await figuresOf("tolinku"), await figuresOf("prisjakt")]) {
    await merchant.admin.show(phone.page, path);
    if (path.endsWith("/figures")) await phone.page.getByText(/^Fetched/).waitFor();
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, path).toBeLessThanOrEqual(390);
  }
  await phone.close();
  expect(phone.complaints).toEqual([]);
});

async function figuresOf(slug: string): Promise<string> {
  const [row] = await merchant.admin.trip.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = $1",
    [slug],
  );
  return `/app/${slug}/${row?.id}/figures`;
}
