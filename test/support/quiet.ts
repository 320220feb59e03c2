// Whatever is complained of in the console while a test runs fails it, unless the test takes it as expected.
import { format } from "node:util";
import { afterAll, afterEach, expect } from "vitest";

let heard: string[] = [];
for (const level of ["error", "warn"] as const)
  console[level] = (...words: unknown[]) => {
    heard.push(`${level}: ${format(...words)}`);
  };

/** For a test that expects complaints: what was heard since the last look. */
export function complaints(): string[] {
  const all = heard;
  heard = [];
  return all;
}

afterEach(() => expect(complaints(), "nothing is complained of in the console").toEqual([]));
afterAll(() => expect(complaints(), "nothing is complained of in the console").toEqual([]));
