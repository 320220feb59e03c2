// What a vendor asks us to wait: a wish with a limit, written as a span, as a moment, or as a date.
import type { Answer } from "./destination.ts";

/** However long a vendor wishes us away, after this we ask again. */
export const LONGEST_WAIT = 3_600_000;

/** More seconds or milliseconds than this nobody waits: it can only be a moment, in seconds since 1970 or, above the second figure, in milliseconds. */
const MOMENT_FROM = 1e9;
const MILLISECONDS_FROM = 1e11;

/**
 * Milliseconds to wait, at most an hour: 0 for what is over, undefined for what cannot be read.
 * @param unit of a span, in milliseconds.
 */
export function waitIn(said: string | null, now = Date.now(), unit = 1_000): number | undefined {
  const text = said?.trim() ?? "";
  const number = /^\+?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number >= MOMENT_FROM) return within(number * (number < MILLISECONDS_FROM ? 1_000 : 1) - now);
  if (!Number.isNaN(number)) return within(Math.ceil(number * unit));
  const date = /^([a-z]{3,9},? |\d{4}-\d\d-\d\d)/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : within(date - now);
}

const within = (milliseconds: number) => Math.min(Math.max(0, milliseconds), LONGEST_WAIT);

/** Milliseconds to wait: by Retry-After, else by RateLimit-Reset; undefined where neither says so. */
export function retryAfter(answer: Answer, now = Date.now()): number | undefined {
  return waitIn(answer.headers.get("retry-after"), now) ?? waitIn(answer.headers.get("ratelimit-reset"), now);
}

/** Milliseconds until the vendor counts anew, where a RateLimit header of a good answer says that nothing is left; else undefined. */
export function usedUp(answer: Answer, now = Date.now()): number | undefined {
  if (answer.headers.get("ratelimit-remaining")?.trim() === "0") return retryAfter(answer, now);
  const [, left, seconds] = /(?:^|[;,\s])r=(\d+)\b.*?[;,\s]t=(\d+)/.exec(answer.headers.get("ratelimit") ?? "") ?? [];
  return left === "0" && seconds ? waitIn(seconds, now) : undefined;
}
