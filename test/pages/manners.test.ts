// How the pages behave whatever they show: names of tabs, trouble with a way out, focus that comes back, an outline while one waits.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../app/pages/texts/languages.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages({ anew: false });
const { open, press, says } = merchant;
const page = () => merchant.tab.page;
const headline = (name: string) => page().getByRole("heading", { level: 1, name, exact: true });
/** The admin draws the navigation outside the frame; a click there is one here. */
const goTo = (path: string) => page().locator(`ui-nav-menu a[href="${path}"]`).dispatchEvent("click");
const focused = () => page().evaluate(() => document.activeElement?.textContent);

test("an address that is no page says so, with the navigation around it, and a tab's name goes with its page", async () => {
  for (const path of ["/app/no/such/page/at/all", "/app/nobody", "/app/deliveries/999999"]) {
    await open(path);
    await headline("There is no such page").waitFor();
    await expect.poll(() => page().title()).toBe("There is no such page · Switchyard");
    expect(await page().locator("ui-nav-menu a").count(), path).toBeGreaterThan(8);
  }
  await goTo("/app/tolinku");
  await headline("Tolinku").waitFor();
  await expect.poll(() => page().title()).toBe("Tolinku · Switchyard");
  await page().evaluate(() => history.pushState(null, "", "/app/tolinku"));
  await goTo("/app");
  await headline("Home").waitFor();
  await expect.poll(() => page().title()).toBe("Home · Switchyard");
  expect(merchant.tab.complaints.splice(0).every((one) => /status of 404/.test(one))).toBe(true);
});

test("in the admin the tab is called by the page in the frame", async () => {
  await page().goto(`${merchant.admin.web.url}/sandbox?locale=de`);
  await expect.poll(() => page().title()).toMatch(/^Start|^Home/);
  await page().getByRole("link", { name: "Tolinku" }).click();
  await expect.poll(() => page().title()).toBe("Tolinku · Switchyard · Sandbox shop");
  for (const frame of page().frames()) await frame.waitForLoadState("networkidle");
});

test("a dialog gives the focus back to where it was: to the button that opened it, and to the link of who stays", async () => {
  await open("/app/shopipixel");
  await press("Disconnect");
  const dialog = page().getByRole("dialog");
  await dialog.waitFor();
  await page().keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(focused).toBe("Disconnect");
  await page().getByLabel("API key").fill("sp_half");
  await page().getByRole("link", { name: "Home" }).click();
  await says("Leave without saving?");
  await dialog.getByRole("button", { name: "Stay" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => page().evaluate(() => document.activeElement?.getAttribute("href"))).toBe("/app");
  expect(await page().getByLabel("API key").inputValue()).toBe("sp_half");
});

test("while a page takes longer than a moment its outline stands there, said to who cannot see it, and then the page", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await open("/app");
  await page().route(/\/app\/settings\?.*_data=/, async (route) => {
    await held;
    await route.continue();
  });
  await goTo("/app/settings");
  const outline = page().getByRole("status", { name: "Page loading" });
  await outline.waitFor();
  expect(await headline("Home").isVisible()).toBe(false);
  release();
  await headline("Settings").waitFor();
  await outline.waitFor({ state: "detached" });
});

test("texts that do not come are asked for with the page anew: nobody is shown their keys", async () => {
  let lost = 0;
  await page().route(/\/assets\/de-connection-/, (route) => (++lost === 1 ? route.abort() : route.continue()));
  await page().goto(`${merchant.admin.web.url}/sandbox?locale=de`);
  await page().getByRole("link", { name: "Tolinku" }).click();
  const frame = page().frameLocator("#app");
  await frame.getByRole("heading", { level: 1, name: "Tolinku", exact: true }).waitFor();
  await frame.getByRole("button", { name: "Anhalten", exact: true }).waitFor();
  // What the server wrote stands there before the browser's own texts have come.
  await expect.poll(() => lost).toBeGreaterThan(1);
  expect(merchant.tab.complaints.splice(0).every((one) => /ERR_FAILED/.test(one))).toBe(true);
});

test.each(LANGUAGES)("Home's scripts and styles are light, in %s", async (language) => {
  const files = new Map<string, Promise<Buffer>>();
  page().on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    if (pathname.startsWith("/assets/")) files.set(pathname, answer.body());
  });
  await open(`/app?locale=${language}`);
  await page().waitForLoadState("networkidle");
  const weighs = async (ending: string) => {
    const all = [...files]
      .filter(([path]) => path.endsWith(ending))
      .map(async ([, body]) => gzipSync(await body).length);
    return (await Promise.all(all)).reduce((sum, one) => sum + one, 0) / 1000;
  };
  const weights = { scripts: await weighs(".js"), styles: await weighs(".css") };
  if (process.env.WEIGHTS) console.log(language, weights);
  expect(weights.scripts).toBeGreaterThan(50);
  expect(weights.scripts).toBeLessThan(200);
  expect(weights.styles).toBeLessThan(60);
});
