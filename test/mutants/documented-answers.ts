// Other meanings of statuses and headers than the vendors document.
import { documented } from "./documented.ts";

export const answers = documented({
  "app/destinations/meaning.ts": [
    ["alana > a 403", "402, 403, 404", "402, 404"],
    ["shopipixel > a 413", 'return { is: "split", reason };', 'return { is: "doubt", reason };'],
    ["shopimind > a 5XX", "status >= 500", "status > 599"],
    ["shopimind > a 429", "status === 429 || status === 425", "status === 425"],
    ["shopimind > a 401", 'status === 401 ? "connection" : "channel"', '"channel"'],
    ["shopimind > a 404", "402, 403, 404, 405", "402, 403, 405"],
  ],
  "app/destinations/waits.ts": [
    [
      "shopipixel > a 429, which tells in Retry-After",
      'answer.headers.get("retry-after")',
      'answer.headers.get("x-retry-after")',
    ],
    [
      "tolinku > that a 429 tells in RateLimit-Reset",
      'waitIn(answer.headers.get("ratelimit-reset"), now);',
      'waitIn(answer.headers.get("x-reset"), now);',
    ],
  ],
  "app/destinations/http.ts": [
    [
      "shopipixel > that what is posted is JSON",
      'headers.set("content-type", "application/json")',
      'headers.set("content-type", "text/json")',
    ],
  ],
});
