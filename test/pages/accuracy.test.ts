// The accuracy page as a merchant meets it: the sum, the orders behind it, what the vendor counts, files, and both widths.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { HUMAN } from "../support/browser.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { tokenFor } from "../support/web.ts";

const merchant = merchantAtPages({
  anew: false,
  first: async (admin) => {
    for (let n = 0; n < 2; n += 1) await admin.place({ clickId: newClickId() });
    await admin.place({ clickId: null });
    const { db } = admin.trip.database;
    const named = (state: string, name: string) =>
      db
        .query(
          `UPDATE delivery SET state = $1, reason_code = 'as_told', reason_values = '{"words": "400 no"}'
         WHERE destination = 'tolinku' AND kind = 'order.placed' AND id = (SELECT max(id) FROM delivery WHERE destination = 'tolinku' AND kind = 'order.placed' AND state = 'delivered')
         RETURNING event_id`,
          [state],
        )
        .then(([row]) =>
          db.query(`UPDATE event SET data = jsonb_set(data, '{order,name}', to_jsonb($2::text)) WHERE id = $1`, [
            (row as { event_id: string }).event_id,
            name,
          ]),
        );
    await named("refused", "=1+2");
  },
});
const { open, press, says } = merchant;

const idOf = async (slug: string) => {
  const [row] = await merchant.admin.trip.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = $1",
    [slug],
  );
  return row?.id ?? "";
};
const cells = (name: string | RegExp) =>
  merchant.tab.page.getByRole("row", { name }).first().getByRole("cell").allInnerTexts();
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test("from Home each destination's figure is a click away, and adds up", async () => {
  await open("/app");
  await merchant.tab.page.getByRole("link", { name: "Accuracy" }).first().click();
  await merchant.tab.page.getByRole("heading", { name: "Accuracy" }).waitFor();
  expect(await cells(/^Tolinku/)).toEqual(["3", "2", "0", "0", "1", "0", "66.6%"]);
  expect(await cells(/^Prisjakt/)).toEqual(["3", "2", "1", "0", "0", "0", "100%"]);
  expect(await cells(/^ShopiMind/)).toEqual(["3", "3", "0", "0", "0", "0", "100%"]);
  await merchant.tab.page.getByRole("img", { name: /^Orders by day: 30 values, from 0 to 3/ }).waitFor();
});

test("a connection's page explains the difference down to the order, beside what the vendor counts, and sends what is missing", async () => {
  await open("/app/tolinku");
  await merchant.tab.page.getByRole("link", { name: "Accuracy" }).last().click();
  await says("66.6% sent: 2 of 3 orders that were to be sent");
  await merchant.tab.page.getByRole("row", { name: /=1\+2.*Refused.*400 no\./ }).waitFor();
  await merchant.tab.page.getByRole("row", { name: /=1\+2/ }).getByRole("link").click();
  await merchant.tab.page.getByRole("heading", { name: /Order placed to Tolinku/ }).waitFor();
  await merchant.tab.page.goBack();
  await says(/^Tolinku counts by the day on which it was told, in days of UTC/);
  await press("Send the missing ones");
  await says("1 order to be sent again.");
  await merchant.tab.page.getByRole("link", { name: "All", exact: true }).click();
  await merchant.tab.page.waitForURL(/show=all/);
  await merchant.tab.page.locator(".explained tbody tr").nth(2).waitFor();
  await merchant.tab.page.getByRole("row", { name: /=1\+2.*Waiting/ }).waitFor();
});

test("the orders are a file that a spreadsheet reads as text, fetched with the session's token", async () => {
  await open(`/app/accuracy/${await idOf("tolinku")}`);
  const [file] = await Promise.all([merchant.tab.page.waitForEvent("download"), press("Download the orders (CSV)")]);
  const text = await readFile(await file.path(), "utf8");
  expect(file.suggestedFilename()).toMatch(/^orders-tolinku-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  expect(text).toMatch(/^\uFEFFOrder,"Placed \(UTC\)",Day,Connection,Outcome/);
  expect(text).toContain(`"'=1+2",`);
  expect(text.trim().split("\r\n")).toHaveLength(4);
});

test("another shop's connection is no page, no file and no count", async () => {
  const { db } = merchant.admin.trip.database;
  const [other] = await db.query<{ id: string }>(
    `INSERT INTO connection (id, shop, destination, name, account)
     VALUES (gen_random_uuid(), 'other-shop.myshopify.com', 'tolinku', 'Tolinku', 'other') RETURNING id`,
  );
  const headers = { authorization: `Bearer ${tokenFor("sandbox-shop.myshopify.com")}`, "user-agent": HUMAN };
  const status = async (path: string) =>
    (await fetch(`${merchant.admin.web.url}${path}`, { headers, redirect: "manual" })).status;
  const routes = [
    (id: string) => `/app/accuracy/${id}?_data=routes%2Fapp.accuracy.%24connectionId`,
    (id: string) => `/app/accuracy-vendor/${id}?_data=routes%2Fapp.accuracy-vendor.%24connectionId`,
    (id: string) => `/app/accuracy-csv/${id}`,
    (id: string) => `/app/accuracy-csv/${id}?of=orders`,
  ];
  const own = await idOf("prisjakt");
  for (const path of routes) {
    expect(await status(path(own))).toBe(200);
    expect(await status(path(other?.id ?? ""))).toBe(404);
    expect(await status(path("no-uuid"))).toBe(404);
  }
});

test.each([1400, 390])("at a width of %i nothing is wider than the page", async (width) => {
  const tab = await merchant.admin.tab({ width, height: 900 });
  for (const path of ["/app/accuracy", `/app/accuracy/${await idOf("tolinku")}`]) {
    await merchant.admin.show(tab.page, path);
    await tab.page.getByRole("figure").first().waitFor();
    if (path !== "/app/accuracy") await tab.page.getByText(/^Fetched/).waitFor();
    expect(await fits(tab.page), `${path} at ${width}`).toBe(true);
    if (process.env.SHOTS)
      await tab.page.screenshot({ path: `${process.env.SHOTS}/${width}-${path.length}.png`, fullPage: true });
  }
  expect(tab.complaints).toEqual([]);
  await tab.close();
});
