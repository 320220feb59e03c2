// What a merchant sets up: one more connection, the web pixel, where alerts go, and the erasure of a person.
import { expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { order } from "../support/payloads.ts";

const merchant = merchantAtPages();
const { open, press, answer } = merchant;

const shop = async () => {
  const rows = await merchant.admin.trip.database.db.query<{ endpoint: string | null; url: string | null }>(
    "SELECT pixel_endpoint AS endpoint, alert_url AS url FROM shop WHERE domain = $1",
    [SANDBOX_SHOP],
  );
  return rows[0];
};

test("the web pixel is switched on and, after a warning, off", async () => {
  await open("/app");
  await press("Turn the pixel on");
  await merchant.tab.page.getByRole("button", { name: "Turn the pixel off" }).waitFor();
  expect((await shop())?.endpoint).toBe(`${merchant.admin.web.url}/pixel`);
  await open("/app/settings");
  await press("Turn the pixel off");
  await merchant.tab.page.getByText("Purchases themselves go on.").waitFor();
  await answer("Turn the pixel off");
  await merchant.tab.page.getByRole("button", { name: "Turn the pixel on" }).waitFor();
  expect((await shop())?.endpoint).toBeNull();
});

test("a second connection to a destination has a name and pages of its own", async () => {
  await open("/app/prisjakt");
  await merchant.tab.page.getByRole("link", { name: "Add another" }).click();
  await merchant.tab.page.getByLabel("Name", { exact: true }).fill("Prisjakt Norway");
  await merchant.tab.page.getByLabel("Pixel ID").fill("22222222-2222-4222-8222-222222222222");
  await merchant.tab.page.getByLabel("Client ID").fill("sandbox-client");
  await press("Connect");
  await merchant.tab.page.getByRole("heading", { name: "Prisjakt Norway" }).waitFor();
  await merchant.tab.page.getByText("Nothing was owed to Prisjakt Norway yet.").waitFor();
  const order = await merchant.admin.place({ clickId: newClickId() });
  await merchant.tab.page.getByRole("row", { name: new RegExp(`Order placed ${order.name}`) }).waitFor();
  await open("/app");
  expect(await merchant.tab.page.getByRole("row", { name: order.name }).getByRole("cell").count()).toBe(6);
});

test("a channel by which orders came is a switch, off at first", async () => {
  const { trip } = merchant.admin;
  await trip.hear("orders/create", order({ source_name: "amazon", cart_token: null, checkout_token: null }));
  await trip.run();
  await open("/app/tolinku");
  const amazon = merchant.tab.page.getByLabel("orders by Amazon");
  expect(await amazon.isChecked()).toBe(false);
  await amazon.check();
  await press("Save");
  await merchant.says("Saved.");
  const [row] = await trip.database.db.query("SELECT rules FROM connection WHERE destination = 'tolinku'");
  expect(row).toMatchObject({ rules: { channels: ["amazon"], countPos: false } });
});

test("Home says of how many orders the visitor was known", async () => {
  await merchant.admin.place();
  await open("/app");
  await merchant.tab.page.getByText(/^Of 1 order the buyer’s visit is known for [01] /).waitFor();
});

test("alerts can be posted to an address: it is sealed, its host alone is shown, and it can be taken away", async () => {
  await open("/app/settings");
  await merchant.tab.page.getByLabel("Address").fill("http://alerts.example.com/");
  await press("Save the address");
  await merchant.tab.page.getByText(/The address for alerts must begin with https/).waitFor();
  await merchant.tab.page.getByLabel("Address").fill("https://alerts.example.com/secret-token");
  await press("Save the address");
  await merchant.tab.page.getByText("They are posted to alerts.example.com.").waitFor();
  expect((await shop())?.url).not.toContain("secret-token");
  await open("/app/settings");
  expect(await merchant.tab.page.content()).not.toContain("secret-token");
  await press("Send a test");
  await merchant.tab.page.getByText(/^The test did not get there: It could not be reached/).waitFor();
  await merchant.tab.page.getByLabel("Recipients").fill("nobody");
  await press("Save the recipients");
  await merchant.tab.page.getByText("This is no e-mail address: nobody.").waitFor();
  await merchant.tab.page.getByLabel("Recipients").fill("ops@shop.example");
  await press("Save the recipients");
  await merchant.tab.page.getByText("Saved.").first().waitFor();
  await press("Post no more");
  await merchant.tab.page.getByText("They are posted to").waitFor({ state: "detached" });
  expect((await shop())?.url).toBeNull();
});

test("an address that is typed while another is saved stays", async () => {
  const { page } = merchant.tab;
  await open("/app/settings");
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(
    (url) => url.searchParams.has("_data"),
    async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    },
  );
  await page.getByLabel("Address").fill("https://alerts.example.com/one");
  await press("Save the address");
  await page.getByLabel("Address").fill("https://alerts.example.com/another");
  goOn();
  await page.getByText("They are posted to alerts.example.com.").waitFor();
  expect(await page.getByRole("textbox", { name: /address/i }).inputValue()).toBe("https://alerts.example.com/another");
});

test("alerts are told in the language of the page on which their settings were saved, also without a cookie", async () => {
  await open("/app/settings?locale=de");
  await merchant.tab.page.context().clearCookies();
  await press("Grenzen speichern");
  await merchant.says(/^Gespeichert\.$/);
  const [row] = await merchant.admin.trip.database.db.query(
    "SELECT alert_language AS language FROM shop WHERE domain = $1",
    [SANDBOX_SHOP],
  );
  expect(row).toEqual({ language: "de" });
});

test("a shorter time to keep things is chosen", async () => {
  await open("/app/settings");
  await merchant.tab.page.getByLabel("Shopify’s webhooks, word for word").selectOption("7 days");
  await press("Save the times");
  await merchant.says("Saved.");
  await open("/app/settings");
  expect(await merchant.tab.page.getByLabel("Shopify’s webhooks, word for word").inputValue()).toBe("7");
  expect(await merchant.tab.page.getByLabel("Requests to vendors and their answers").inputValue()).toBe("30");
});

test("a person is erased after a warning, and the page says what became of it at each vendor", async () => {
  const order = await merchant.admin.place();
  const customer = String(order.customer.id);
  await open("/app/settings");
  await merchant.tab.page.getByLabel("Customer id").fill("gid://shopify");
  await press("Look up");
  await merchant.tab.page.getByText("A customer’s id has digits only.").waitFor();
  await merchant.tab.page.getByLabel("Customer id").fill(customer);
  merchant.admin.trip.vendors.misbehave("shopimind", "500");
  await press("Look up");
  await press("Erase");
  await merchant.tab.page.getByText("It cannot be undone.").waitFor();
  await answer("Erase");
  await merchant.tab.page.getByText(`Customer ${customer} is erased in Switchyard’s own records.`).waitFor();
  const results = await merchant.tab.page
    .getByRole("list", { name: "At the vendors" })
    .getByRole("listitem")
    .allInnerTexts();
  const told = results.join("\n");
  expect(told).toMatch(/Erased\s+Tolinku was told/);
  expect(told).toMatch(/Failed\s+ShopiMind did not: ShopiMind answered 500/);
  expect(told).toMatch(/No call\s+alana\.shopping has no call that erases a person/);
  expect(results).toHaveLength(5);
  const left = await merchant.admin.trip.database.db.query("SELECT data FROM event WHERE data::text LIKE $1", [
    `%${order.email}%`,
  ]);
  expect(left).toEqual([]);
});
