// Numbers in what is sent: the digits that were told, and no float in between.
import { expect, test } from "vitest";
import { decimal, integer } from "../../app/destinations/number.ts";

test.each([
  ["12345678901234567.89", "12345678901234567.89"],
  ["0.10", "0.10"],
  ["-74.50", "-74.50"],
  ["007.5", "7.5"],
  ["-00.01", "-0.01"],
  ["0", "0"],
])("the amount %s is told as %s", (told, sent) => {
  expect(JSON.stringify({ amount: decimal(told) })).toBe(`{"amount":${sent}}`);
});

test("an id above 2^53 keeps its last digit", () => {
  expect(JSON.stringify([integer("9007199254740993"), integer("0042")])).toBe("[9007199254740993,42]");
});

test.each(["", "1e3", "1,5", " 1", "NaN", "0x10", "1.", "--1"])("%j is no number, and is not sent as one", (text) => {
  expect(() => decimal(text)).toThrow(TypeError);
  expect(() => integer(text)).toThrow(TypeError);
});
