// The lists of breaks beside this folder, and what is the matter with a break that cannot be made.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import type { Mutant } from "../mutant.ts";

export const root = resolve(import.meta.dirname, "../../..");

/** All that the files of test/mutants list. */
export async function readMutants(): Promise<Mutant[]> {
  const folder = join(root, "test/mutants");
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && file !== "mutant.ts");
  const modules = await Promise.all(files.map((file): Promise<Record<string, unknown>> => import(join(folder, file))));
  return modules.flatMap((lists) => Object.values(lists).filter(Array.isArray).flat());
}

/** The file's text with the break in it. */
export function brokenText({ file, from, to }: Mutant): string {
  const [before = "", after = ""] = readFileSync(join(root, file), "utf8").split(from);
  return before + to + after;
}

export const testFileOf = (test: string): string => test.split(" > ", 1)[0] ?? test;
export const testNameOf = (test: string): string | null => test.split(" > ").slice(1).join(" > ") || null;

/** A sentence for each break that is not up to date with the code, or is none. */
export const faultsOf = (mutants: Mutant[]): string[] =>
  mutants.flatMap((mutant) => faultIn(mutant).map((says) => `${mutant.file}: ${mutant.what}: ${says}`));

function faultIn(mutant: Mutant): string[] {
  const { file, from, to, tests } = mutant;
  if (!existsSync(join(root, file))) return ["there is no such file"];
  const times = readFileSync(join(root, file), "utf8").split(from).length - 1;
  if (times !== 1) return [`“${from}” is in the file ${times} times, not once`];
  if (from === to) return ["it changes nothing"];
  if (tests.length === 0) return ["no test is named"];
  const missing = tests.map(testFileOf).filter((test) => !existsSync(join(root, test)));
  if (missing.length > 0) return missing.map((test) => `there is no ${test}`);
  return isProgram(file, brokenText(mutant)) ? [] : ["what it makes is no program"];
}

/** Can it be parsed? A test that stumbles over the grammar has noticed nothing. */
function isProgram(file: string, text: string): boolean {
  if (!/\.(ts|tsx|mjs|js)$/.test(file)) return true;
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, jsx: ts.JsxEmit.ReactJSX },
  });
  return diagnostics.length === 0;
}
