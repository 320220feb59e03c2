// What an answer means unless the data sheet knows better, in whose words it is, and how long a vendor wishes us away.
import { expect, test } from "vitest";
import { jsonOf } from "../../app/destinations/body.ts";
import type { Answer, Outcome } from "../../app/destinations/destination.ts";
import { outcomeOf, wordsOf } from "../../app/destinations/meaning.ts";
import { outcomeFor } from "../../app/destinations/prisjakt/answers.ts";
import { retryAfter, usedUp } from "../../app/destinations/waits.ts";
import { asTold } from "../support/told.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const answer = (status: number, headers: Record<string, string> = {}, text = ""): Answer => {
  return { status, headers: new Headers(headers), text, json: jsonOf(text) };
};

const OWN = '{"error":"No"}';
const split = { is: "split" } as const;
const foreign = { is: "split", foreign: true } as const;
const later = { is: "retry" } as const;
const lost = { is: "doubt" } as const;
const pause = { is: "pause", scope: "channel" } as const;

test.each<[number, Partial<Outcome>, Partial<Outcome>]>([
  // status, in the vendor's own words, without them
  [200, lost, lost],
  [204, lost, lost],
  [300, later, later],
  [301, pause, foreign],
  [302, later, later],
  [303, { is: "delivered" }, { is: "delivered" }],
  [304, later, later],
  [307, later, later],
  [308, pause, foreign],
  [400, split, split],
  [402, pause, foreign],
  [403, pause, foreign],
  [404, pause, foreign],
  [405, pause, foreign],
  [408, lost, lost],
  [410, pause, foreign],
  [413, split, split],
  [422, split, split],
  [425, later, later],
  [429, later, later],
  [451, split, split],
  [500, lost, lost],
  [503, lost, lost],
  [520, lost, lost],
])("a status of %i means %o, and without the vendor's words %o", (status, own, without) => {
  expect(outcomeOf(answer(status, {}, OWN))).toMatchObject(own);
  for (const page of ["", "<html><title>No</title><body>Blocked</body></html>", "blocked", '["no"]', '{"id":1}'])
    expect(outcomeOf(answer(status, {}, page))).toMatchObject(without);
});

test("a 401 is about the key in whatever words, but for a web page", () => {
  for (const said of [OWN, "", "blocked", '["no"]', '{"id":1}'])
    expect(outcomeOf(answer(401, {}, said))).toMatchObject({ is: "pause", scope: "connection" });
  expect(outcomeOf(answer(401, {}, "<html><body>Blocked</body></html>"))).toMatchObject(foreign);
  for (const type of ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"]) {
    expect(outcomeOf(answer(401, { "content-type": type }, "x"))).toMatchObject(foreign);
    // Named wrongly, and the vendor's own all the same.
    expect(outcomeOf(answer(401, { "content-type": type }, OWN))).toMatchObject({ is: "pause", scope: "connection" });
  }
  expect(outcomeOf(answer(401, { "content-type": "text/plain" }, "x"))).toMatchObject({ is: "pause" });
});

test("a web page is told in the words that a reader sees", () => {
  const page =
    "<!DOCTYPE html><style>p{color:red}</style><body><h1>Sorry</h1><p>you have been&nbsp;blocked</p><script>x()</script>";
  expect(asTold(outcomeOf(answer(403, {}, page)))).toEqual({
    is: "split",
    foreign: true,
    reason: "the answer was 403, but not in the vendor's own words: “Sorry you have been blocked”",
  });
  expect(wordsOf(answer(400, {}, '{"error":"a title must not hold <script>"}'))).toBe(
    "400 a title must not hold <script>",
  );
});

test("words are cut by characters, never within one, and hold nothing that cannot be kept", () => {
  const words = wordsOf(answer(400, {}, JSON.stringify({ error: `${"x".repeat(295)}😀 is not allowed` })));
  expect(words).toBe(`400 ${"x".repeat(295)}😀`);
  expect(words.isWellFormed()).toBe(true);
  expect(wordsOf(answer(400, {}, '{"error":"bad \\ud83d\\u0000 title"}'))).toBe("400 bad \ufffd title");
});

test("how long to wait is read as seconds, as a date, or from the rate limit's reset", () => {
  const now = Date.parse("2026-11-21T10:00:00Z");
  expect(retryAfter(answer(429, { "retry-after": "30" }), now)).toBe(30_000);
  expect(retryAfter(answer(429, { "retry-after": "Sat, 21 Nov 2026 10:00:05 GMT" }), now)).toBe(5_000);
  expect(retryAfter(answer(429, { "retry-after": "Sat, 21 Nov 2026 09:00:00 GMT" }), now)).toBe(0);
  expect(retryAfter(answer(429, { "ratelimit-reset": "12" }), now)).toBe(12_000);
  expect(retryAfter(answer(429, { "retry-after": "soon" }), now)).toBeUndefined();
  expect(retryAfter(answer(429, { "retry-after": "soon", "ratelimit-reset": "12" }), now)).toBe(12_000);
  expect(retryAfter(answer(429), now)).toBeUndefined();
});

test.each([
  ["86400", HOUR],
  ["3601", HOUR],
  ["99999999999999", HOUR],
  ["9".repeat(400), HOUR],
  ["1e9", undefined],
  ["-5", undefined],
  ["NaN", undefined],
  ["Infinity", undefined],
  ["", undefined],
  // A moment, in seconds or milliseconds: in a minute, over, in a year.
  ["1795255260", MINUTE],
  ["1795255260000", MINUTE],
  ["1795255260.5", MINUTE + 500],
  ["1795250000", 0],
  ["1826791200", HOUR],
  ["2026-11-21T10:01:00Z", MINUTE],
  ["Saturday, 21-Nov-26 10:01:00 GMT", MINUTE],
  ["Mon, 01 Jan 2035 00:00:00 GMT", HOUR],
])("a wish to wait of %j is %s ms", (said, milliseconds) => {
  const now = Date.parse("2026-11-21T10:00:00Z");
  for (const name of ["retry-after", "ratelimit-reset"])
    expect(retryAfter(answer(429, { [name]: said }), now)).toBe(milliseconds);
  expect(usedUp(answer(200, { "ratelimit-remaining": "0", "ratelimit-reset": said }), now)).toBe(milliseconds);
});

test("a good answer says when nothing is left of the vendor's limit, and until when", () => {
  expect(usedUp(answer(200, { "ratelimit-remaining": "0", "ratelimit-reset": "12" }))).toBe(12_000);
  expect(usedUp(answer(200, { "ratelimit-remaining": "0" }))).toBeUndefined();
  expect(usedUp(answer(200, { "ratelimit-remaining": "7", "ratelimit-reset": "12" }))).toBeUndefined();
  expect(usedUp(answer(200, { ratelimit: '"default";r=0;t=30' }))).toBe(30_000);
  expect(usedUp(answer(200, { ratelimit: '"default";r=50;t=30' }))).toBeUndefined();
  expect(usedUp(answer(200))).toBeUndefined();
});

test("the vendor's own words are found in every shape of error that vendors use, and cut to 300 characters", () => {
  expect(wordsOf(answer(403, {}, '{"error":"Enterprise plan required"}'))).toBe("403 Enterprise plan required");
  expect(wordsOf(answer(400, {}, '{"error":{"code":"x","message":"No such field"}}'))).toBe("400 No such field");
  expect(wordsOf(answer(404, {}, '{"title":"Not Found","detail":"No pixel"}'))).toBe("404 No pixel");
  expect(wordsOf(answer(502, {}, "Bad\n  Gateway"))).toBe("502 Bad Gateway");
  expect(wordsOf(answer(503))).toBe("503");
  expect(wordsOf(answer(500, {}, "x".repeat(1000)))).toHaveLength(300);
});

test("at Prisjakt an empty conflict is none of its own, and what calls itself a web page is no yes", () => {
  expect(outcomeFor(answer(409), true)).toMatchObject(foreign);
  expect(outcomeFor(answer(201, { "content-type": "text/html" }, "0"), true)).toMatchObject(lost);
});
