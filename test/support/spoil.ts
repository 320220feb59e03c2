// Spoils a JSON body by chance: what a broken or hostile sender might send.
import { number } from "./payloads.ts";

const hostile: unknown[] = [
  null,
  true,
  "",
  " ",
  "\0",
  "\ud800",
  "__proto__",
  "constructor",
  "0",
  "-1",
  "1e400",
  "NaN",
  "9".repeat(400),
  "2026-02-30T00:00:00Z",
  "2026-11-20T25:00:00+99:99",
  "0000-00-00T00:00:00Z",
  "9999-12-31T23:59:59-14:00",
  "x".repeat(20_000),
  "😀".repeat(300),
  "'; DROP TABLE event; --",
  "<script>alert(1)</script>",
  '{"v":{"v":1},"c":[],"clicks":{"pjclid":[]}}',
  "http://[::",
  0,
  -0.5,
  1e21,
  number("1e999"),
  number("123456789012345678901234567890"),
  number("0.1000000000000000055511151231257827"),
  [],
  {},
  [null],
  [[[[]]]],
  { toString: 1, valueOf: null, toJSON: "x", length: -1 },
  JSON.parse('{"__proto__":{"id":1},"constructor":null}'),
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So that what is spoilt later is not the list. */
const copy = (value: unknown): unknown =>
  typeof value === "object" && value && !Object.isFrozen(value) ? JSON.parse(JSON.stringify(value)) : value;

type Tree = Record<string, unknown>;

/** Every place where a value can be replaced; an exact number is one value. */
function places(tree: unknown): { of: Tree; name: string }[] {
  if (typeof tree !== "object" || tree === null || Object.isFrozen(tree)) return [];
  const of = tree as Tree;
  return Object.keys(of).flatMap((name) => [{ of, name }, ...places(of[name])]);
}

/** The body with a few of its values gone or replaced, cut off, or with a wrong byte. */
export function spoil(body: Buffer, next: () => number): Buffer {
  const pick = <T>(list: T[]): T | undefined => list[Math.floor(next() * list.length)];
  const way = next();
  const place = Math.floor(next() * body.length);
  if (way < 0.04) return body.subarray(0, place);
  if (way < 0.08)
    return Buffer.concat([body.subarray(0, place), Buffer.from([Math.floor(next() * 256)]), body.subarray(place + 1)]);
  if (way < 0.09) return Buffer.from(`{"id":${"[".repeat(50_000)}`);
  const tree: unknown = JSON.parse(body.toString());
  for (let times = 1 + Math.floor(next() ** 3 * 6); times > 0; times--) {
    const at = pick(places(tree));
    if (!at) break;
    if (next() < 0.2) delete at.of[at.name];
    else if (next() < 0.05) at.of[at.name] = Array(100).fill(at.of[at.name]);
    else at.of[at.name] = copy(pick(hostile));
  }
  return Buffer.from(JSON.stringify(tree));
}
