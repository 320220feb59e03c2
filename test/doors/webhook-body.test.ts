// Is it a webhook's body: what JSON.parse takes as an object, and nothing else.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonObject } from "../../app/doors/webhook-body.ts";

/** As JSON.parse reads it, byte by byte, a byte order mark aside. */
function byParse(body: Buffer): boolean {
  const text = body.toString("latin1").replace(/^\u00ef\u00bb\u00bf/, "");
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
function asParse(body: Buffer): void {
  expect([body.toString(), isJsonObject(body)]).toEqual([body.toString(), byParse(body)]);
}

const object = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
const spaced = fc
  .tuple(object, fc.constantFrom("", " ", "\t", 3))
  .map(([value, by]) => JSON.stringify(value, null, by));
const number = fc.stringMatching(/^-?\d{0,3}\.?\d{0,2}[eE]?[+-]?\d{0,2}$/);
const quoted = fc
  .array(fc.constantFrom(...'abu019AFf\\"/n', "\\u00e9", "\u00e9", "\u007f", "\n", "\u001f"))
  .map((parts) => parts.join(""));
/** A little of everything that means something. */
const soup = fc
  .array(fc.constantFrom(...'{}[]:,"\\ \n', '{"a":', '"a"', "0", "-1.5e3", "true", "null", "\u00a0", "\ufeff"), {
    maxLength: 12,
  })
  .map((parts) => `{${parts.join("")}`);

describe("a webhook's body is what JSON.parse takes as an object", () => {
  test("any object, however it is spaced, and with one byte of it another", () => {
    const at = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(spaced, at, fc.boolean(), (text, [place, byte], spoilt) => {
        const body = Buffer.from(text);
        if (spoilt) body[place % body.length] = byte;
        asParse(body);
      }),
      { numRuns: 3_000 },
    );
  });
  test("any number, any string, and any heap of signs", () => {
    const value = fc.oneof(
      number.map((text) => `{"n":${text}}`),
      quoted.map((text) => `{"s":"${text}"}`),
      quoted.map((text) => `{"${text}":0}`),
      soup,
    );
    fc.assert(
      fc.property(value, (text) => asParse(Buffer.from(text))),
      { numRuns: 5_000 },
    );
  });
  test("each byte, in a string and behind a backslash, in a number, and between two signs", () => {
    for (let byte = 0; byte < 256; byte += 1)
      for (const [before, after] of [
        ['{"s":"', '"}'],
        ['{"s":"\\', '"}'],
        ['{"n":1', "1}"],
        ["{", "}"],
        ['{"n":0', "}"],
      ])
        asParse(Buffer.concat([Buffer.from(before ?? ""), Buffer.of(byte), Buffer.from(after ?? "")]));
  });
  test("an object of all that JSON has, cut off anywhere", () => {
    const whole = Buffer.from('\ufeff {"a":[{}, [],"\\u00e9\\"é",-0.5E+7,true,{"b":false , "":null}],"c":10} \n');
    for (let end = 0; end <= whole.length; end += 1) asParse(whole.subarray(0, end));
    expect(isJsonObject(whole)).toBe(true);
  });
  test.each(["{", "[", '{"a":'])("a million of %s neither end the process nor are a body", (sign) => {
    expect(isJsonObject(Buffer.from(`{"a":${sign.repeat(1_000_000)}`))).toBe(false);
  });
  test("an object a million levels deep is one", () => {
    expect(isJsonObject(Buffer.from(`${'{"a":'.repeat(1_000_000)}0${"}".repeat(1_000_000)}`))).toBe(true);
  });
});
