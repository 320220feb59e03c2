// Text that can be kept, whatever a stranger writes.
import { expect, test } from "vitest";
import { cut, keptJson, wellFormed } from "../../app/base/text.ts";

test("U+0000 is left out, and half a character is told as one that is not known", () => {
  expect(wellFormed("a\u0000b\ud83dc\udc00")).toBe("ab\ufffdc\ufffd");
  expect(wellFormed("😀")).toBe("😀");
});

test("a text is cut by characters, not within one", () => {
  expect(cut("a😀😀", 2)).toBe("a😀");
  expect(cut("😀😀", 4)).toBe("😀😀");
});

test("what is kept as JSON has neither, however deep", () => {
  expect(keptJson({ words: ["\ud83d", { more: "a\u0000" }], count: 1 })).toBe(
    JSON.stringify({ words: ["\ufffd", { more: "a" }], count: 1 }),
  );
});
