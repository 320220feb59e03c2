// Missed webhooks as a merchant meets them: Home says that some were found, the page which and where they went, and a look can be had at once.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openReceiver } from "../../app/delivery/receive.ts";
import { takeLook } from "../../app/shopify/found/marks.ts";
import { newClickId, newOrder } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { merchantAtPages } from "../support/merchant.ts";

const order = newOrder({ clickId: newClickId() });
const merchant = merchantAtPages({
  anew: false,
  first: async ({ trip }) => {
    await openReceiver(trip.database.db)({
      ...{ shop: SANDBOX_SHOP, topic: "orders/updated", eventId: null, apiVersion: null, triggeredAt: null },
      ...{ webhookId: `order:${order.id}@2026`, origin: "reconciliation", body: Buffer.from(JSON.stringify(order)) },
    });
    await trip.run();
  },
});
const { open, press, says } = merchant;
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test("from Home to what was found, and on to the proof of where it went", async () => {
  await open("/app");
  await says(/^Of 1 order Shopify had not told all since yesterday/);
  await merchant.tab.page.getByRole("link", { name: "See which" }).click();
  await merchant.tab.page.getByRole("heading", { name: "Missed webhooks" }).waitFor();
  const found = merchant.tab.page.getByRole("table", { name: "What was found" });
  await found.getByRole("row", { name: new RegExp(`Order ${order.name} all of it`) }).waitFor();
  expect(
    await merchant.tab.page.getByRole("table", { name: "Found day by day" }).getByRole("cell").allInnerTexts(),
  ).toEqual(["1", "0", "0"]);
  await found.getByRole("link", { name: /^Tolinku/ }).click();
  await says("Found by reconciliation: Shopify had not told it");
});

test("a look at once is planned, said, and says why it cannot go on", async () => {
  const { db } = merchant.admin.trip.database;
  await open("/app/missed");
  await says(/^Not looked yet/);
  await press("Look now");
  await says("It is looked for in a moment.");
  expect(await db.query("SELECT shop FROM reconciliation WHERE next_at <= now()")).toEqual([{ shop: SANDBOX_SHOP }]);
  expect(await takeLook(db, new Date())).toBe(SANDBOX_SHOP);
  await says(/^Looking: 0 changes seen so far/);
  await db.query(
    `UPDATE reconciliation SET busy_until = NULL, next_at = now() + interval '9 minutes', reason_code = 'scope_missing', reason_values = '{"scopes": "read_orders"}'`,
  );
  await says(/^Shopify could not be asked: .*read_orders/);
});

test("the accuracy page shows what Shopify itself counts", async () => {
  await open("/app/accuracy");
  await says("What Shopify counts");
  await merchant.tab.page.getByRole("row", { name: / 0 1 1$/ }).waitFor();
});

test.each([1400, 390])("it fits in %i pixels", async (width) => {
  const tab = await merchant.admin.tab({ width, height: 900 });
  await merchant.admin.show(tab.page, "/app/missed");
  await tab.page.getByRole("table", { name: "What was found" }).waitFor();

  expect(await fits(tab.page)).toBe(true);
  await tab.close();
});
