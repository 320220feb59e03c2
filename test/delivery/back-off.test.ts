// How long it is waited after a failure: longer each time up to a ceiling, as the vendor wishes at least, and never beyond what is left.
import { expect, test } from "vitest";
import { backOff, bearable } from "../../app/delivery/deliver/back-off.ts";

const HOUR = 3_600_000;
const most = () => 1;
const least = () => 0;

test("a pause is longer after each failure, up to its ceiling, and may be none", () => {
  const longest = 60_000;
  expect([0, 1, 3, 20].map((failures) => backOff(failures, { longest, random: most }))).toEqual([
    1_000, 2_000, 8_000, 60_000,
  ]);
  expect(backOff(20, { longest, random: least })).toBe(0);
});

test("a pause is as long as the vendor wishes at least", () => {
  expect(backOff(0, { after: 5_000, random: least })).toBe(5_000);
  expect(backOff(0, { after: 5_000, random: most })).toBe(5_000);
});

test("a wish is heard for an hour at most, and for half of the time that is left, so that it is tried again", () => {
  const now = new Date("2026-11-20T18:00:00Z");
  const wait = (milliseconds: number, left: number) => bearable(milliseconds, new Date(now.getTime() + left), now);
  expect(wait(10 * HOUR, 72 * HOUR)).toBe(HOUR);
  expect(wait(10 * HOUR, HOUR)).toBe(HOUR / 2);
  expect(wait(60_000, HOUR)).toBe(60_000);
  expect(wait(10 * HOUR, -HOUR)).toBe(1_000);
});
