// How the lists write breaks down: a file, its tests, and what each break changes.
import type { Mutant } from "./mutant.ts";

type More = Partial<Pick<Mutant, "tests" | "equivalent" | "wontBegin">>;

/** @param tests names of test files below test/, without their end, with a test's name behind " > " where that one alone is meant. */
export const breaks = (
  file: string,
  tests: string[],
  rows: [what: string, from: string, to: string, more?: More][],
): Mutant[] =>
  rows.map(([what, from, to, more]) => ({
    ...{ what, file, from, to, ...more },
    tests: (more?.tests ?? tests).map((test) => test.replace(/^[^ ]+/, "test/$&.test.ts")),
  }));
