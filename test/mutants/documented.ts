// Figures, addresses and names of the vendors changed in the code, each noticed by its row of test/destinations/documented.
import type { Mutant } from "./mutant.ts";

/** By file: the row's name, begun by the vendor's, what stands in the file, and what else it could be. */
export const documented = (files: Record<string, [row: string, from: string, to: string][]>): Mutant[] =>
  Object.entries(files).flatMap(([file, rows]) =>
    rows.map(([row, from, to]) => ({
      what: `not as documented: ${row}`,
      file,
      from,
      to,
      tests: [`test/destinations/documented.test.ts > ${row}`],
    })),
  );
