// Every page by axe, in a real browser: WCAG 2 A and AA and the best practices, nothing found, nothing in the console.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { expect, test } from "vitest";
import { crowd, live } from "../support/lived.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { EMPTY, type Place, pathIn, placesIn, settled } from "../support/walk.ts";

const merchant = merchantAtPages({ anew: false });
const page = () => merchant.tab.page;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const DESK = { width: 1400, height: 900 };
/** The desk at 200 %. */
const ENLARGED = { width: 700, height: 450 };
const PHONE = { width: 390, height: 844 };
const SIZES = [DESK, ENLARGED, PHONE];

interface Look {
  language: string;
  /** At which axe looks; too wide is a page at none of them. */
  at: readonly (typeof DESK)[];
  /** At pages that look like another one, and with a dialog open, too. */
  whole: boolean;
}
/** AXE_LANGUAGES=sv,fr,pt-BR looks at all there is in these; without it a look at each page on a desk and another on a phone have to do. */
const ASKED = process.env.AXE_LANGUAGES?.split(",").map((language) => ({ language, at: [DESK, PHONE], whole: true }));
const LOOKS: Look[] = ASKED ?? [
  { language: "en", at: [DESK], whole: true },
  { language: "de", at: [PHONE], whole: false },
];

/** What axe finds, each with where it is. */
async function found(): Promise<string[]> {
  await page().evaluate(`window.axe || ${AXE}`);
  const results: axe.AxeResults = await page().evaluate(
    (values) =>
      (window as unknown as { axe: typeof axe }).axe.run({
        runOnly: { type: "tag", values },
        resultTypes: ["violations"],
      }),
    TAGS,
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id} (${help}): ${target.join(" ")} ${html.slice(0, 200)}`),
  );
}

/** What is wrong with it, at each width. */
async function wrongWith(at: Look["at"]): Promise<string[]> {
  const wrong: string[] = [];
  for (const size of SIZES) {
    await page().setViewportSize(size);
    const wide = await page().evaluate(() => document.documentElement.scrollWidth);
    if (wide > size.width) wrong.push(`${wide} px wide on ${size.width}`);
    wrong.push(...(await page().evaluate(brokenStates)).map((one) => `at ${size.width} px in two lines: ${one}`));
    if (at.includes(size)) wrong.push(...(await found()).map((one) => `at ${size.width} px ${one}`));
  }
  return wrong;
}

/** In a table's cell that is too narrow for it a state's word breaks anywhere. */
const brokenStates = () =>
  [...document.querySelectorAll<HTMLElement>(".lines .Polaris-Badge")]
    .filter((badge) => badge.offsetHeight > 30)
    .map((badge) => badge.innerText);

/** With the first dialog open that asks before it does something; nothing, where the page has none. */
async function wrongWithDialog(at: Look["at"]): Promise<string[]> {
  const asks = page().locator("button.Polaris-Button--toneCritical").first();
  if ((await asks.count()) === 0) return [];
  await asks.click();
  const dialog = page().getByRole("dialog");
  await dialog.getByRole("button").first().waitFor();
  const wrong = await wrongWith(at);
  await page().keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  return wrong.map((one) => `with its dialog ${one}`);
}

async function walk(places: Place[], { language, at, whole }: Look): Promise<void> {
  const wrong: Record<string, string[]> = {};
  for (const { path, unpictured } of places) {
    if (unpictured && !whole) continue;
    await page().setViewportSize(DESK);
    await merchant.open(pathIn({ path }, language));
    await settled(page());
    const headlines = await page().getByRole("heading", { level: 1 }).allInnerTexts();
    expect(headlines, path).toHaveLength(1);
    const title = headlines[0] === "Switchyard" ? "Switchyard" : `${headlines[0]} · Switchyard`;
    const here: string[] = await expect
      .poll(() => page().title())
      .toBe(title)
      .then(
        () => [],
        () => [`the tab is called ${title} at no time`],
      );
    here.push(...(await wrongWith(at)), ...(whole && !unpictured ? await wrongWithDialog(at) : []));
    if (here.length > 0) wrong[`${language} ${path}`] = here;
  }
  expect(wrong).toEqual({});
  forgiveTheMissingPage();
}

/** Chromium says in the console that there was none. */
function forgiveTheMissingPage(): void {
  const { complaints } = merchant.tab;
  const at = complaints.findIndex((one) => /status of 404/.test(one));
  if (at >= 0) complaints.splice(at, 1);
}

/** A page may take seconds where the machine is busy, and there are many. */
const PATIENCE = 900_000;
let lived: Promise<void> | null = null;
async function places(): Promise<Place[]> {
  lived ??= live(merchant.admin);
  await lived;
  return placesIn(merchant.admin);
}

test.each(ASKED ?? [])("a shop in which nothing has happened yet, in $language", (look) => walk(EMPTY, look), PATIENCE);

test.each(LOOKS)(
  "a shop in which everything has happened, in $language",
  async (look) => walk(await places(), look),
  PATIENCE,
);

test(
  "ten connections have room on the pages that show all of them",
  async () => {
    const all = await places();
    await crowd(merchant.admin);
    const shown = all.filter(({ name }) => ASKED || ["home", "accuracy", "order"].includes(name));
    for (const look of LOOKS) await walk(shown, { ...look, whole: Boolean(ASKED) });
  },
  PATIENCE,
);

test("no page is left out", async () => {
  const walked = new Set((await places()).map(({ route }) => route));
  const drawn = readdirSync(new URL("../../app/routes", import.meta.url)).filter((file) => file.endsWith(".tsx"));
  const left = drawn.map((file) => file.replace(/\.tsx$/, "")).filter((route) => !walked.has(route));
  // The frame, what leads on at once, and the page that App Bridge leaves at once.
  expect(left.sort()).toEqual(["_index", "app", "auth.$", "auth.session-token"].filter((one) => left.includes(one)));
});
