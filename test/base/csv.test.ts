// Files for a spreadsheet: what a stranger wrote is text there, whatever it begins with.
import { expect, test } from "vitest";
import { csvLine } from "../../app/base/csv.ts";

test.each([
  "=1+2",
  "+1",
  "-2+3",
  "@SUM(A1)",
  " =1",
  "\t=1",
  "\r=1",
  "\n@x",
  "＝1",
  "|calc",
  "%0A",
])("%j is no formula", (name) => {
  expect(csvLine([name])).toBe(`"'${name}"\r\n`);
});

test("numbers stay numbers, and quotes, commas and lines stay in their cell", () => {
  expect(csvLine([-5, "-5.00", null, 'a "b", c', "two\nlines", "100 %", "#1001"])).toBe(
    '-5,-5.00,,"a ""b"", c","two\nlines","100 %","#1001"\r\n',
  );
});
