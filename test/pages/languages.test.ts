// The pages in another language than English, in a real browser.
import { expect, test } from "vitest";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages({ anew: false });
const page = () => merchant.tab.page;
const navigation = () => page().locator("ui-nav-menu a").allTextContents();
const language = () => page().locator("html").getAttribute("lang");

test("a German frame is German, with its numbers, and stays so where one goes in it", async () => {
  await merchant.admin.place();
  await merchant.open("/app?locale=de-DE");
  expect(await language()).toBe("de");
  expect((await navigation()).slice(0, 5)).toEqual([
    "Start",
    "Aktivität",
    "Genauigkeit",
    "Handlungsbedarf",
    "Einstellungen",
  ]);
  await merchant.says("Alle Zeiten sind in der Zeitzone Ihres Shops, Europe/Berlin.");
  await merchant.says(/^vor \d+ (Sekunde|Minute)/);
  await page().locator("ui-nav-menu a").nth(4).dispatchEvent("click");
  await page().waitForURL(/\/app\/settings/);
  expect(await language()).toBe("de");
  await merchant.says("Alle Zeiten sind in der Zeitzone Ihres Shops, Europe/Berlin.");
});

test("a language that the pages have not is English, and only the one that is read is loaded", async () => {
  const asked: string[] = [];
  page().on("request", (request) => asked.push(new URL(request.url()).pathname));
  await merchant.open("/app?locale=ja");
  expect(await language()).toBe("en");
  expect((await navigation())[0]).toBe("Home");
  const isOfALanguage = /\/assets\/(en|de|sv|fr|pt-BR)-/;
  expect(new Set(asked.flatMap((path) => isOfALanguage.exec(path)?.[1] ?? []))).toEqual(new Set(["en"]));
  // What is still under way of the page before.
  await page().waitForLoadState("networkidle");
  await page().goto("about:blank");
  asked.length = 0;
  const links: string[] = [];
  page().on("response", (response) => links.push(response.headers().link ?? ""));
  await merchant.open("/app?locale=pt");
  expect(await language()).toBe("pt-BR");
  expect((await navigation())[0]).toBe("Início");
  const languages = asked.flatMap((path) => isOfALanguage.exec(path)?.[1] ?? []);
  expect([...new Set(languages)]).toEqual(["pt-BR"]);
  expect(links.join()).toMatch(/<\/assets\/pt-BR-shell-[^>]+\.js>; rel=modulepreload/);
});

/** The page in the frame is awake, which names the tab, and asks for nothing more. */
async function rests(headline: string): Promise<void> {
  await expect.poll(() => page().title()).toBe(`${headline} · Switchyard · Sandbox shop`);
  for (const frame of page().frames()) await frame.waitForLoadState("networkidle");
}

test("the sandbox's shop hands the frame the language that is chosen beside it, and a reload within the frame keeps it", async () => {
  await page().goto(`${merchant.admin.web.url}/sandbox?locale=sv`);
  const links = page().getByRole("navigation", { name: "Switchyard" }).getByRole("link");
  await expect.poll(() => links.first().textContent()).toBe("Hem");
  await rests("Hem");
  await page().getByLabel("Language of the admin").selectOption("fr");
  await expect.poll(() => links.first().textContent()).toBe("Accueil");
  await rests("Accueil");
  expect(new URL(page().url()).searchParams.get("locale")).toBe("fr");
  await page().reload();
  await expect.poll(() => links.first().textContent()).toBe("Accueil");
  await rests("Accueil");
  await links.nth(4).click();
  await page().waitForFunction(() => frames[0]?.location.pathname === "/app/settings");
  const frame = () => page().frames()[1];
  expect(new URL(frame()?.url() ?? "").searchParams.get("locale")).toBeNull();
  // Who leaves while the routes are asked for has their fetch fail.
  await frame()?.waitForLoadState("networkidle");
  await frame()?.evaluate(() => {
    document.documentElement.lang = "before";
    location.reload();
  });
  const language = () => frame()?.evaluate(() => document.documentElement.lang);
  await expect.poll(() => language()?.catch(() => "")).toBe("fr");
  // It was drawn so at once: the page did not have to ask for itself once more.
  await rests("Paramètres");
  expect(new URL(frame()?.url() ?? "").searchParams.get("locale")).toBeNull();
});
