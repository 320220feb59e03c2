// The ring of keys by itself: which keys it takes, and what must not repeat or change.
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openKeyring } from "../../app/base/secrets.ts";

const newKey = (bytes = 32) => randomBytes(bytes).toString("base64");

test.each([0, 8, 16, 31, 33, 64])("a key of %s bytes is an error at the start, which does not show it", (bytes) => {
  const key = newKey(bytes);
  for (const ring of [key, `new:${newKey()},old:${key}`])
    expect(() => openKeyring(ring)).toThrow(
      /^ENCRYPTION_KEY must be 32 random bytes as base64, or id:base64 pairs with commas between$/,
    );
});

test("a pseudonym stays when a newer key is put in front, and is another with another key", () => {
  const [old, young] = [newKey(), newKey()];
  const before = openKeyring(old).pseudonym("a cart");
  expect(openKeyring(`new:${young},old:${old}`).pseudonym("a cart")).toBe(before);
  expect(openKeyring(young).pseudonym("a cart")).not.toBe(before);
});

test("what is sealed twice is never the same, and opens both times", () => {
  const keys = openKeyring(newKey());
  const sealed = Array.from({ length: 20 }, () => keys.seal("a secret", "here"));
  expect(new Set(sealed.map((one) => Buffer.from(one.slice(2), "base64").subarray(0, 12).toString("hex"))).size).toBe(
    20,
  );
  for (const one of sealed) expect(keys.open(one, "here")).toBe("a secret");
});

test("a tag that is shorter than 16 bytes opens nothing", () => {
  const key = randomBytes(32);
  const keys = openKeyring(key.toString("base64"));
  const whole = Buffer.from(keys.seal("", "here").slice(2), "base64");
  expect(keys.open(`1.${whole.toString("base64")}`, "here")).toBe("");
  for (let tag = 0; tag < 16; tag += 1)
    expect(() => keys.open(`1.${whole.subarray(0, 12 + tag).toString("base64")}`, "here"), `${tag}`).toThrow();
});
