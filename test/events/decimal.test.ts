// Arithmetic on decimal texts: exact to the last digit, rounded half up and away from 0 where it must be.
import { expect, test } from "vitest";
import { compare, least, less, most, perPiece, share, sum, times, writtenAs } from "../../app/events/decimal.ts";

test("a sum has as many decimals as the longest of its amounts, and no amount is too long for it", () => {
  expect(sum("1.5", "0.25", "-2")).toBe("-0.25");
  expect(sum("99999999999999999999.99", "0.01")).toBe("100000000000000000000.00");
  expect(sum()).toBe("0");
  expect(less("0.1", "0.30")).toBe("-0.20");
  expect(times("12.50", 3)).toBe("37.50");
});

test("amounts are compared by their value, not by how they are written", () => {
  expect([compare("9", "10"), compare("10.0", "10"), compare("-1", "-2")]).toEqual([-1, 0, 1]);
  expect([least("9.5", "10"), most("9.5", "10")]).toEqual(["9.5", "10"]);
});

test.each([
  ["0.05", 2, "0.03"],
  ["-0.05", 2, "-0.03"],
  ["10.00", 3, "3.33"],
  ["20.00", 3, "6.67"],
  ["0.014", 1, "0.01"],
  ["0.015", 1, "0.02"],
])("of %s for %i pieces one comes to %s", (total, pieces, each) => {
  expect(perPiece(total, pieces)).toBe(each);
});

test.each([
  ["0.05", 1, 2, 0, "0.03"],
  ["-0.05", 1, 2, 0, "-0.03"],
  ["10.00", 1, 3, 0, "3.33"],
  ["5", 1, 2, 2, "2.50"],
  ["12.345", 2, 2, 0, "12.345"],
])("of %s %i of %i parts are, with %i decimals at least, as told", (amount, part, whole, atLeast, is) => {
  expect(share(amount, part, whole, atLeast)).toBe(is);
});

test("an amount is written with as many decimals as another, and never loses a digit by it", () => {
  expect([writtenAs("5", "1.00"), writtenAs("5.50", "1"), writtenAs("5.000", "1.00")]).toEqual(["5.00", "5.5", "5.00"]);
});
