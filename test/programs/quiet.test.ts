// A complaint in the console fails the test that it came from; one that takes it as expected goes on.
import { expect, test } from "vitest";
import { complaints } from "../support/quiet.ts";

test("what is complained of is heard, and no more fails a test that looked at it", () => {
  console.error("the vendor %s", "failed");
  console.warn("and once more");
  expect(complaints()).toEqual(["error: the vendor failed", "warn: and once more"]);
  expect(complaints()).toEqual([]);
});

test.fails("a test that does not look fails", () => {
  console.warn("nobody expects this");
});
