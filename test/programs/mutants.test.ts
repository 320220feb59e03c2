// The list of breaks is up to date with the code: each can be made, and its tests are there. `npm run mutants` makes them.
import { expect, test } from "vitest";
import { faultsOf, readMutants } from "../mutants/run/list.ts";

test("every break changes one place of its file into another program, and names tests that are there", async () => {
  const mutants = await readMutants();
  expect(mutants.length).toBeGreaterThan(150);
  expect(faultsOf(mutants)).toEqual([]);
});

test("no break is listed twice", async () => {
  const names = (await readMutants()).map(({ file, from, to }) => `${file}\n${from}\n${to}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test("a break whose place is gone, or is there twice, is named", () => {
  const mutant = { what: "w", file: "test/mutants/mutant.ts", to: "x", tests: ["test/programs/mutants.test.ts"] };
  expect(faultsOf([{ ...mutant, from: "nowhere to be found" }])).toEqual([
    "test/mutants/mutant.ts: w: “nowhere to be found” is in the file 0 times, not once",
  ]);
  expect(faultsOf([{ ...mutant, from: "string;" }])).toEqual([expect.stringMatching(/times, not once$/)]);
  expect(faultsOf([{ ...mutant, from: "export interface Mutant {", to: "export interface Mutant" }])).toEqual([
    "test/mutants/mutant.ts: w: what it makes is no program",
  ]);
});
