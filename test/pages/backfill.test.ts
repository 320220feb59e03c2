// A backfill's page as a merchant meets it: offered, counted, confirmed, started by hand, paused, cancelled; and both widths.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, answer, says } = merchant;

const idOf = async (slug: string) => {
  const [row] = await merchant.admin.trip.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = $1",
    [slug],
  );
  return row?.id ?? "";
};
const rows = () =>
  merchant.admin.trip.database.db.query<{ state: string; what: string }>(
    "SELECT state, what FROM backfill ORDER BY id",
  );
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
const shot = (name: string) =>
  process.env.SHOTS ? merchant.tab.page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true }) : null;

test("from its connection's page a backfill is offered; it is counted and confirmed before it begins, and can be paused, resumed and cancelled", async () => {
  const { page } = merchant.tab;
  await open("/app/shopimind");
  await page.getByRole("link", { name: "see how many there are" }).click();
  await page.getByRole("heading", { name: "ShopiMind: backfill" }).waitFor();
  await page.getByLabel("Customers").uncheck();
  await page.getByLabel("First day").fill("2026-01-01");
  await press("Count first");
  await says("10 products.");
  await says(/Within ShopiMind’s limits this takes .* at least/);
  expect(await rows()).toEqual([]);
  const begin = page.getByRole("button", { name: "Start the backfill" });
  expect(await begin.isDisabled()).toBe(true);
  await page.getByLabel("I have seen to it.").check();
  await shot("form");
  await begin.click();
  await says("It begins within seconds, or when another backfill of this shop is done.");
  expect(await rows()).toEqual([{ state: "planned", what: "products,orders" }]);
  await press("Pause");
  await page.getByText("Paused", { exact: true }).waitFor();
  await press("Resume");
  await page.getByText("Planned", { exact: true }).waitFor();
  await shot("planned");
  await press("Cancel the backfill");
  await answer("Cancel the backfill");
  await page.getByRole("row", { name: /Products and orders, 1 Jan 2026 .* Cancelled/ }).waitFor();
  expect(await rows()).toEqual([{ state: "cancelled", what: "products,orders" }]);
});

test("a vendor whose events carry no time is told nothing of before, and days that it does not take are refused with a sentence", async () => {
  const { page } = merchant.tab;
  await open(`/app/tolinku/${await idOf("tolinku")}/backfill`);
  await says(/^Tolinku's events carry no time: .* So nothing of before is sent\.$/);
  expect(await page.getByRole("button", { name: "Count first" }).count()).toBe(0);
  await open(`/app/shopipixel/${await idOf("shopipixel")}/backfill`);
  await page.getByLabel("First day").fill("2026-01-01");
  await page.getByLabel("Last day").fill("2026-01-31");
  await press("Count first");
  await says(/^Nothing of these days can be sent\. ShopiPixel takes an order for 24 hours/);
});

test.each([1400, 390])("at a width of %i nothing is wider than the page, while one runs and waits", async (width) => {
  const { db } = merchant.admin.trip.database;
  const id = await idOf("shopimind");
  await db.query(
    `INSERT INTO backfill (shop, connection_id, state, what, since, until, pieces, expected, created_at, look_at, ended_at, seen, sent, reason_code, reason_values)
     SELECT 'sandbox-shop.myshopify.com', $1, state, 'customers,products,orders', now() - interval '60 days', now(), '[]', '{"orders": 12000}', now(), now() + interval '1 day',
       CASE WHEN state <> 'running' THEN now() END, 5000, 4100, CASE WHEN state = 'running' THEN 'not_approved' END, '{"what": "Customer"}'
     FROM unnest(ARRAY['running', 'done', 'failed']) AS s (state)`,
    [id],
  );
  const tab = await merchant.admin.tab({ width, height: 900 });
  await merchant.admin.show(tab.page, `/app/shopimind/${id}/backfill`);
  await tab.page.getByText("5,000 of 12,000 read from Shopify, 4,100 on their way.").waitFor();
  await tab.page.getByText(/protected customer data \(Customer\)/).waitFor();
  expect(await fits(tab.page)).toBe(true);
  if (process.env.SHOTS) await tab.page.screenshot({ path: `${process.env.SHOTS}/${width}.png`, fullPage: true });
  expect(tab.complaints).toEqual([]);
  await tab.close();
});
