// npm run pictures: a picture of each page at both widths, of a shop in the sandbox that has lived.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { languageOf } from "../../app/pages/texts/languages.ts";
import { openAdmin } from "../support/admin.ts";
import { live } from "../support/lived.ts";
import { type Place, pathIn, placesIn, settled } from "../support/walk.ts";
import { smallPng } from "./small-png.ts";

const language = languageOf(process.argv[2]);
const PICTURES = join(import.meta.dirname, "../../docs/pictures");
/** English ones are for the docs; another language's are for a look. */
const folder = language === "en" ? PICTURES : join(PICTURES, language);
const WIDTHS = [1400, 390];
/** What comes further down is more of the same. */
const HIGHEST = 2000;

mkdirSync(folder, { recursive: true });
const admin = await openAdmin();
const tab = await admin.tab();
let bytes = 0;
try {
  await live(admin);
  for (const place of await placesIn(admin)) if (!place.unpictured) await take(place);
  console.log(`${Math.round(bytes / 1000)} KB in ${folder}`);
} finally {
  await admin.close();
}

async function take(place: Place): Promise<void> {
  const { page } = tab;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await admin.show(page, pathIn(place, language));
    await settled(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width, height: Math.min(height, HIGHEST) };
    const small = smallPng(await page.screenshot({ fullPage: true, clip }));
    writeFileSync(join(folder, `${place.name}-${width}.png`), small);
    bytes += small.length;
  }
}
