// The vendors' own figures on the pages: each vendor's, by days, and what is said where there are none.
import { expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { HUMAN } from "../support/browser.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { tokenFor } from "../support/web.ts";

const merchant = merchantAtPages({
  anew: false,
  first: async (admin) => {
    for (let n = 0; n < 3; n += 1) await admin.place({ clickId: newClickId() });
  },
});

const idOf = async (slug: string) => {
  const rows = await merchant.admin.trip.database.db.query("SELECT id FROM connection WHERE destination = $1", [slug]);
  return (rows[0] as { id: string }).id;
};
const open = async (slug: string, query = "") =>
  merchant.admin.show(merchant.tab.page, `/app/${slug}/${await idOf(slug)}/figures${query}`);
const fetched = () => merchant.tab.page.getByText(/^Fetched \d+ \w+ ago\.$/).waitFor();
/** What is shown under this name among the figures. */
const figure = (name: string) =>
  merchant.tab.page
    .locator("dl > div")
    .filter({ has: merchant.tab.page.getByText(name, { exact: true }) })
    .locator("dd")
    .first()
    .innerText();

test("ShopiPixel's figures are a click from its page, with charts that can be read as tables", async () => {
  await merchant.admin.show(merchant.tab.page, "/app/shopipixel");
  await merchant.tab.page.getByRole("link", { name: "Figures" }).click();
  await fetched();
  expect(await figure("Purchases")).toBe("3");
  expect(await figure("Already had it")).toBe("0%");
  const chart = merchant.tab.page.getByRole("figure", { name: "Purchases" });
  await chart.getByRole("img", { name: /^Purchases: 1 value, from 3 to 3 on / }).waitFor();
  await chart.getByText("Values as a table").click();
  expect(await chart.getByRole("row").allInnerTexts()).toEqual([expect.stringMatching(/^\d+ \w+ \d{4}\s+3$/)]);
  await merchant.tab.page.getByText(/Amounts are in EUR/).waitFor();
});

test("Prisjakt's figures name the single conversions", async () => {
  await open("prisjakt");
  await fetched();
  expect(await figure("Purchases in EUR")).toBe("3");
  expect(await figure("Their value in EUR")).toMatch(/^EUR\s[\d,]+\.\d\d$/);
  await merchant.tab.page.getByRole("figure", { name: "Value by day in EUR" }).getByRole("img").waitFor();
  const rows = merchant.tab.page.getByRole("region", { name: "Latest conversions" }).getByRole("row");
  expect(await rows.count()).toBe(4);
  // Amounts by the rules of their currency, and moments on the shop's clock, which is Berlin's.
  expect(await rows.last().innerText()).toMatch(/CET|CEST|GMT\+[12]\b/);
  expect(await rows.last().innerText()).toMatch(/EUR\s[\d,]+\.\d\d(?!\d)/);
});

test("Tolinku's figures begin with what was left in carts, and have charts and tables", async () => {
  await open("tolinku");
  await fetched();
  expect(await merchant.tab.page.locator(".figures dt").first().innerText()).toBe("Cart abandonment");
  expect(await figure("Orders")).toBe("3");
  await merchant.tab.page
    .getByRole("figure", { name: "From view to purchase" })
    .getByRole("row", { name: /purchase 3/ })
    .waitFor();
  await merchant.tab.page.getByRole("heading", { name: "Attribution: last click, 30 days" }).waitFor();
});

test("ShopiMind's figures are what it counts now", async () => {
  await open("shopimind");
  await fetched();
  expect(await figure("Orders")).toBe("3");
  await merchant.tab.page.getByText(/no figures by date/).waitFor();
  // There is nothing that days would change.
  expect(await merchant.tab.page.getByLabel("From", { exact: true }).count()).toBe(0);
});

test("alana's page says that it has no such call", async () => {
  await open("alana");
  await merchant.tab.page.getByText(/^alana\.shopping has no call that gives figures\./).waitFor();
  expect(await merchant.tab.page.getByLabel("From", { exact: true }).count()).toBe(0);
});

test("the days are chosen by a click or by their dates, and wrong ones are said beside them", async () => {
  await open("tolinku");
  await merchant.tab.page.getByRole("link", { name: "Last 7 days" }).click();
  await merchant.tab.page.waitForURL(/\?days=7$/);
  await fetched();
  const week = merchant.tab.page.getByRole("link", { name: "Last 7 days" });
  await expect.poll(() => week.getAttribute("aria-current")).toBe("true");
  await merchant.tab.page.getByLabel("From", { exact: true }).fill("2020-01-01");
  await merchant.tab.page.getByLabel("To", { exact: true }).fill("2020-01-31");
  await merchant.tab.page.getByRole("button", { name: "Show" }).click();
  await merchant.tab.page.waitForURL(/from=2020-01-01&to=2020-01-31/);
  await fetched();
  expect(await figure("Orders")).toBe("0");
  await merchant.tab.page.getByLabel("From", { exact: true }).fill("2020-02-01");
  await merchant.tab.page.getByRole("button", { name: "Show" }).click();
  await merchant.tab.page.getByText("The first day must not be after the last one.").waitFor();
});

test("a click that wakes the page up leads where it says", async () => {
  const { page } = merchant.tab;
  await page.addInitScript(() => {
    const { port1, port2 } = new MessageChannel();
    // React is told of the page, and has not gone through it yet.
    port1.onmessage = () => {
      if (!Object.keys(document).some((key) => key.startsWith("__reactContainer"))) return port2.postMessage(null);
      document.querySelector<HTMLElement>('a[href$="?days=7"]')?.click();
    };
    port2.postMessage(null);
  });
  await open("tolinku");
  await page.waitForURL(/\?days=7$/);
  const week = page.getByRole("link", { name: "Last 7 days" });
  await expect.poll(() => week.getAttribute("aria-current")).toBe("true");
});

test("the page is there before the vendor answers; what the vendor says no with is a sentence, and can be tried again", async () => {
  merchant.admin.trip.vendors.misbehave("shopimind", "hang");
  await open("shopimind");
  await merchant.tab.page.getByText("Asking ShopiMind …").waitFor();
  merchant.admin.trip.vendors.misbehave("shopipixel", "500");
  await open("shopipixel", "?days=60");
  await merchant.tab.page.getByText(/ShopiPixel did not give its figures: the vendor answered 500/).waitFor();
  merchant.admin.trip.vendors.misbehave("shopipixel", null);
  merchant.admin.trip.vendors.misbehave("shopimind", null);
  await merchant.tab.page.getByRole("button", { name: "Try again" }).click();
  await fetched();
});

test("a token of another shop, which anyone can sign here, is given none of them", async () => {
  const path = `/app/reports/${await idOf("shopipixel")}?_data=routes%2Fapp.reports.%24connectionId`;
  const token = (shop: string) => ({ authorization: `Bearer ${tokenFor(shop)}`, "user-agent": HUMAN });
  const status = async (shop: string) => (await fetch(merchant.admin.web.url + path, { headers: token(shop) })).status;
  expect(await status(SANDBOX_SHOP)).toBe(200);
  expect(await status("another-shop.myshopify.com")).toBe(401);
});
