// Somebody who knows nothing of the app, in German, with the sandbox alone: connects, breaks, understands, mends, sends again, and reads what was sent.
import type { i18n } from "i18next";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textsIn } from "../../app/pages/texts/catalogue.ts";
import { type App, startApp } from "../support/app.ts";
import { closeBrowser, openPage, type Tab } from "../support/browser.ts";

let app: App;
let tab: Tab;
let german: i18n;
beforeAll(async () => {
  [app, german] = await Promise.all([startApp({ env: { SANDBOX_OWN_VENDORS: "yes" } }), textsIn("de")]);
  tab = await openPage({ viewport: { width: 1600, height: 1000 } });
});
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

/** What the pages say, by its key: whoever translates it need not look here. */
const says = (key: string, values: Record<string, string | number> = {}): string =>
  german.t(key as "nav.home", { ...values });
const page = (): Page => tab.page;
const inApp = (): FrameLocator => page().frameLocator("#app");
const button = (name: string) => inApp().getByRole("button", { name, exact: true }).first();
const link = (name: string | RegExp) => inApp().getByRole("link", { name, exact: true }).first();
const headline = (name: string | RegExp) => inApp().getByRole("heading", { level: 1, name }).waitFor();
const reads = (text: string | RegExp) => inApp().getByText(text).first().waitFor();
const goTo = (name: string) =>
  page().getByRole("navigation", { name: "Switchyard" }).getByRole("link", { name }).click();
const answer = (name: string) => inApp().getByRole("dialog").getByRole("button", { name, exact: true }).click();
/** The shop's and the vendors' controls, beside the app. */
const control = (name: string) => page().getByRole("button", { name, exact: true });

/** Nobody presses as soon as that. */
const isAwake = () =>
  expect
    .poll(() =>
      inApp()
        .locator("h1")
        .evaluate((one) => Object.keys(one).some((key) => key.startsWith("__react"))),
    )
    .toBe(true);

const ALANA = "alana.shopping";

async function connect(): Promise<void> {
  await page().goto(`${app.url}/sandbox?locale=de`);
  await headline(says("home:page.title"));
  await isAwake();
  await goTo(ALANA);
  await headline(ALANA);
  await button(says("connection:switches.disconnect.label")).click();
  await answer(says("connection:switches.disconnect.label"));
  await headline(says("home:page.title"));
  await link(says("home:destinations.connectOf", { name: ALANA })).click();
  // A key that is none is refused, with what one looks like.
  const key = inApp().getByLabel("API-Schlüssel");
  await key.fill("irgendetwas");
  await button(says("connection:form.connect")).click();
  await reads(/beginnt mit ak_/);
  await key.fill("ak_sandbox");
  await button(says("connection:form.connect")).click();
  await reads(says("connection:latest.none", { name: ALANA }));
}

/** @returns the name of the order whose answer was lost. */
async function breakIt(): Promise<string> {
  await page().getByLabel("How alana fails").selectOption({ label: "Does the work, and the answer is lost" });
  await control("Make alana fail").click();
  await control("Heal alana").waitFor();
  await control("Place an order").click();
  const said = page().getByText(/^Order #\d+ placed and paid\.$/);
  await said.waitFor();
  return /#\d+/.exec(await said.innerText())?.[0] ?? "";
}

async function understandAndMend(): Promise<void> {
  await goTo(says("nav.home"));
  await reads(says("home:point.undecided", { count: 1, name: ALANA }));
  await control("Heal alana").click();
  await control("Make alana fail").waitFor();
  await link(says("home:point.decide")).click();
  await headline(says("attention:page.title"));
  await reads(says("attention:advice.doubt", { vendor: ALANA }));
  await button(says("attention:decide.send")).click();
  await inApp()
    .getByRole("heading", { name: says("attention:decide.sendTitle") })
    .waitFor();
  await answer(says("attention:decide.send"));
  await reads(says("attention:said.delivery.replay", { count: 1 }));
  await reads(says("attention:page.nothing"));
}

async function readWhatWasSent(name: string): Promise<string[]> {
  const about = says("activity:about.order", { name });
  await goTo(says("nav.activity"));
  await inApp().getByLabel(says("activity:form.search")).fill(name);
  await button(says("activity:form.show")).click();
  await link(about).click();
  await headline(about);
  const delivered = inApp().getByRole("link", {
    name: new RegExp(
      `^${about} .*(${says("shell:delivery.delivered.word")}|${says("shell:delivery.accepted.word")})`,
      "i",
    ),
  });
  await delivered.first().waitFor();
  const names = [
    ...new Set(
      await delivered.evaluateAll((links) =>
        links.map((one) => one.getAttribute("aria-label") ?? one.textContent ?? ""),
      ),
    ),
  ];
  const sent: string[] = [];
  for (const one of names) {
    await link(one).click();
    await reads(says("story:attempt.sent"));
    sent.push(await inApp().locator(".sent").first().innerText());
    await page().goBack();
    await headline(about);
  }
  return sent;
}

test("a newcomer connects a destination, breaks it, understands, mends, sends again and reads what each vendor was sent", async () => {
  await connect();
  const name = await breakIt();
  await understandAndMend();
  const sent = (await readWhatWasSent(name)).join("\n\n");
  for (const vendor of ["shopipixel", "alana", "tolinku", "shopimind"])
    expect(sent).toMatch(new RegExp(`POST http\\S+/${vendor}/`));
  expect(tab.complaints).toEqual([]);
}, 300_000);
