// What a page writes: figures as its language does, and with what is made once, so that ordinary reading does not fill the memory of the pages' process.
import { afterEach, expect, test, vi } from "vitest";
import { zoneOf } from "../../app/events/places.ts";
import { readRange } from "../../app/pages/figures/range.ts";
import { cellWords, figureWords, grouped, numberWords, timeWords } from "../../app/pages/figures/values.ts";
import { formatsIn } from "../../app/pages/formats.ts";
import { sentence } from "../../app/pages/words.ts";

const formats = formatsIn("en");
const { clock, hour, money } = formats;
afterEach(() => vi.restoreAllMocks());

const times = (work: (n: number) => unknown, count = 1_000) => {
  for (let n = 0; n < count; n += 1) work(n);
};
const at = (n: number) => new Date(Date.UTC(2026, 10, 28, 0, n)).toISOString();
const made = () => {
  const spies = [vi.spyOn(Intl, "DateTimeFormat"), vi.spyOn(Intl, "NumberFormat")];
  const given = vi.spyOn(Number.prototype, "toLocaleString");
  return () =>
    spies.reduce((sum, spy) => sum + spy.mock.calls.length, given.mock.calls.filter(([, how]) => how).length);
};

test.each<[string, (n: number) => unknown]>([
  ["times", (n) => clock("Europe/Berlin", at(n))],
  ["hours", (n) => hour("Europe/Berlin", at(n))],
  ["amounts", (n) => money({ amount: `${n}.50`, currency: n % 2 ? "EUR" : "SEK" })],
  ["days of a report", (n) => timeWords(formats, at(n).slice(0, n % 2 ? 10 : 16))],
  ["numbers of a report", (n) => numberWords(formats, n / 3) + grouped(formats, String(n * 1_000))],
  ["asked ranges", () => readRange(new URLSearchParams(), new Date(0), "Europe/Berlin")],
  ["zones", () => zoneOf("Europe/Stockholm")],
])("1,000 %s need a handful of formatters", (_what, draw) => {
  const count = made();
  times(draw);
  expect(count()).toBeLessThan(8);
});

test("as many zones as anybody may name are no more kept than a hundred, and each is still right", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const today = () =>
    zones.map((timeZone) => readRange(new URLSearchParams(), new Date("2026-11-28T11:30:00Z"), timeZone).to);
  const first = today();
  expect(today()).toEqual(first);
  expect(new Set(first)).toEqual(new Set(["2026-11-28", "2026-11-29"]));
});

test("a vendor's figures are written as the language writes them, and keep their digits", () => {
  const german = formatsIn("de");
  const cell = (text: string, column = "") => cellWords(german, text, column, "Europe/Berlin").replace(/\u00a0/g, " ");
  expect(["205.10", "68.5 %", "2026-11", "1795901412517932"].map((text) => cell(text))).toEqual([
    ...["205,10", "68,5 %", "Nov. 2026", "1795901412517932"],
  ]);
  expect([cell("59", "Umsatz (Basiswährung)"), cell("1234.5", "Umsatz (EUR)")]).toEqual(["59,00", "1.234,50"]);
  expect(figureWords(german, "34.5", "Basiswährung")).toEqual(["34,50", "Basiswährung"]);
});

test("a reason begins as a sentence does, unless it begins with a name that has a point in it", () => {
  expect([sentence("delivered"), sentence("alana.shopping said no")]).toEqual([
    ...["Delivered.", "alana.shopping said no."],
  ]);
});
