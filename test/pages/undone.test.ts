// What a merchant decides can be understood before and taken back after: dismissed deliveries, and whom an erasure is about.
import { expect, test } from "vitest";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, answer, says } = merchant;
const page = () => merchant.tab.page;
const query = (sql: string) => merchant.admin.trip.database.db.query(sql);
const refuse = (slug: string) =>
  query(
    `UPDATE delivery SET state = 'refused', reason_code = 'as_told', reason_values = '{"words": "400 no such event"}', settled = '{}'
     WHERE destination = '${slug}' AND state = 'delivered'`,
  );

test("what was dismissed is listed with who did it and when, and can be taken back", async () => {
  await merchant.admin.place();
  await refuse("shopipixel");
  await open("/app/attention");
  await press("Dismiss");
  await says("1 delivery dismissed.");
  await says("Nothing needs a decision.");
  const line = page()
    .getByRole("row", { name: /ShopiPixel, refused: 400 no such event\./ })
    .filter({ hasText: "Take back" });
  expect(await line.innerText()).toMatch(/ago[\s\S]*you|user \d+/i);
  await page().getByRole("link", { name: "Show one of them" }).click();
  await says(/^Dismissed \d+ seconds? ago by /);
  expect(await page().getByRole("button", { name: "Send again" }).count()).toBe(0);
  await press("Take back");
  await says("1 delivery is open again.");
  await page().getByRole("button", { name: "Send again" }).waitFor();
  await open("/app/attention");
  await press("Dismiss");
  await page().getByRole("button", { name: "Take back" }).click();
  await says("1 delivery is open again.");
  await page().getByRole("heading", { name: "ShopiPixel: 1 delivery" }).waitFor();
});

test("where nothing can be sent again there is no button for it, and the page says why", async () => {
  await merchant.admin.place();
  await refuse("shopipixel");
  await query("UPDATE connection SET state = 'off' WHERE destination = 'shopipixel'");
  await open("/app/attention");
  await says("ShopiPixel is off: turn it on to send them again.");
  expect(await page().getByRole("button", { name: "Send again" }).count()).toBe(0);
  await page()
    .getByRole("link", { name: /: delivery \d+ of ShopiPixel$/ })
    .click();
  await says("ShopiPixel is off: turn it on to send it again.");
  expect(await page().getByRole("button", { name: "Send again" }).count()).toBe(0);
});

test("a person is looked up, named and counted before they are erased; who is not known is not erased", async () => {
  const order = await merchant.admin.place();
  await open("/app/settings");
  await page().getByLabel("Customer id").fill("999999999999");
  await press("Look up");
  await says("Nobody with this id is known here.");
  expect(await page().getByRole("button", { name: "Erase" }).count()).toBe(0);
  await page().getByLabel("Customer id").fill(String(order.id));
  await press("Look up");
  await says(`This is the id of order ${order.name}, not of a customer.`);
  await page().getByLabel("Customer id").fill("");
  await page().getByLabel("E-mail of a guest").fill(String(order.email).toUpperCase());
  await press("Look up");
  await says(new RegExp(`Customer ${order.customer.id}.*1 order`));
  expect(await page().locator("main, body").first().innerText()).toContain(String(order.email));
  await press("Erase");
  await says(new RegExp(`Customer ${order.customer.id}.*It cannot be undone\\.`));
  await answer("Erase");
  await says("The person is erased in Switchyard’s own records.");
  expect(await page().locator("body").innerText(), "who they were").not.toContain(`Customer ${order.customer.id}`);
  expect(await page().getByRole("button", { name: "Erase" }).count()).toBe(0);
  await page().getByLabel("E-mail of a guest").fill("nobody");
  await press("Look up");
  const wrong = page().locator('[aria-invalid="true"]');
  await wrong.waitFor();
  expect(await wrong.evaluate((field: HTMLInputElement) => field.labels?.[0]?.innerText)).toBe("E-mail of a guest");
  await page().getByLabel("E-mail of a guest").fill("nobody@example.com");
  await wrong.waitFor({ state: "detached" });
});
