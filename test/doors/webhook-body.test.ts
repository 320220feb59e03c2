// What counts as a webhook's body: held against JSON.parse, byte by byte.
import { expect, test } from "vitest";
import { isJsonObject } from "../../app/doors/webhook-body.ts";

const BODIES = [
  '{"a":[1,-0.5e+3,true,false,null,"x\\u00Fe\\n",{},[]],"b":{"c":""}}',
  ' {"a" : [ ] , "b":0 , "é":"Grüße 🎁"}\n',
  '{"a":[[1E5,10],{"":"\\\\"}]}',
  ...['{"a":01}', '{"a":1.}', '{"a":-}', '{"a":.1}', '{"a":1e}', '{"a":"\\u12"}', '{"a":tru', '{"a":[1}', '{"a":1]'],
  ...["", "{", "[]", '"{}"', "{}{}", "{}x"],
];
const BYTES = [...Buffer.from('{}[],:"\\/0159-+.eEutrfalns \n\t\r\0\x1f\x7f\u00e9')];

/** As the body is read by whoever takes it apart. */
function parses(body: Buffer): boolean {
  try {
    const json: unknown = JSON.parse(body.toString("latin1"));
    return typeof json === "object" && json !== null && !Array.isArray(json);
  } catch {
    return false;
  }
}

/** The body itself, and with one byte taken out, put in, or put in another's place. */
function* oneByteFrom(text: string): Generator<Buffer> {
  const body = Buffer.from(text);
  yield body;
  for (let at = 0; at <= body.length; at += 1) {
    const [before, from, after] = [body.subarray(0, at), body.subarray(at), body.subarray(at + 1)];
    yield before;
    yield Buffer.concat([before, after]);
    for (const byte of BYTES)
      yield* [Buffer.concat([before, Buffer.of(byte), from]), Buffer.concat([before, Buffer.of(byte), after])];
  }
}

test("a body is a JSON object where JSON.parse makes one of it, whatever byte is wrong in it", () => {
  const wrong = BODIES.flatMap((text) => [...oneByteFrom(text)])
    .filter((body) => isJsonObject(body) !== parses(body))
    .map((body) => body.toString("latin1"));
  expect(wrong).toEqual([]);
});

test("a byte order mark may stand before it, and it may be nested as deep as it likes", () => {
  expect(isJsonObject(Buffer.from("\ufeff {}"))).toBe(true);
  expect(isJsonObject(Buffer.from("\ufeff\ufeff{}"))).toBe(false);
  const deep = 100_000;
  expect(isJsonObject(Buffer.from(`{"a":${"[".repeat(deep)}${"]".repeat(deep)}}`))).toBe(true);
  expect(isJsonObject(Buffer.from(`{"a":${"[".repeat(deep)}${"]".repeat(deep - 1)}}`))).toBe(false);
});
