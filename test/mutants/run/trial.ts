// Runs tests in a copy of the tree, and tells which of them noticed something.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { testFileOf, testNameOf } from "./list.ts";
import type { Tree } from "./tree.ts";

export interface Trial {
  /** Names of what failed: a test, or a file that could not begin. */
  red: string[];
  /** No test failed, but a file of tests could not begin. */
  wontBegin: boolean;
  /** It was ended, since it did not end by itself. */
  endless: boolean;
  /** How many tests were run. */
  ran: number;
  /** The tests that there are, and how long each file took, in milliseconds. */
  names: string[];
  took: Map<string, number>;
}

interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    startTime: number;
    endTime: number;
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

/** @param atOnce files that run beside each other. @param within milliseconds that this process saw pass; who takes longer is ended. */
export async function tryTests(tree: Tree, tests: string[], { atOnce = 1, bail = 0, within = 0 }): Promise<Trial> {
  const report = join(tree.path, "mutants.json");
  rmSync(report, { force: true });
  const files = [...new Set(tests.map(testFileOf))];
  const names = tests.map(testNameOf);
  const only = names.every((name) => name !== null) ? ["-t", names.map((name) => escaped(name ?? "")).join("|")] : [];
  const args = ["run", `--maxWorkers=${atOnce}`, `--bail=${bail}`, "--reporter=json", `--outputFile=${report}`];
  const { code, endless } = await vitest(tree, [...args, ...files, ...only], within);
  return { ...told(tree, report, code), endless };
}

const TICK = 500;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

function vitest(tree: Tree, args: string[], within: number): Promise<{ code: number; endless: boolean }> {
  const script = join(tree.path, "node_modules/vitest/vitest.mjs");
  // In a group of its own, so that nothing of it is left where it is ended.
  const child = spawn(process.execPath, [script, ...args], { cwd: tree.path, stdio: "ignore", detached: true });
  const end = () => {
    try {
      process.kill(-(child.pid ?? 0), "SIGKILL");
    } catch {
      // it has ended by itself
    }
  };
  process.once("exit", end);
  let endless = false;
  const late = () => {
    endless = true;
    end();
  };
  // Counted, not measured: a machine that was put to sleep meanwhile has not waited.
  let waited = 0;
  const timer = setInterval(() => {
    waited += TICK;
    if (within > 0 && waited > within) late();
  }, TICK);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      clearInterval(timer);
      end();
      process.off("exit", end);
      resolve({ code: code ?? 1, endless });
    });
  });
}

function told(tree: Tree, report: string, code: number): Omit<Trial, "endless"> {
  const { testResults } = existsSync(report)
    ? (JSON.parse(readFileSync(report, "utf8")) as Report)
    : { testResults: [] };
  const fileOf = (name: string) => name.replace(`${tree.path}/`, "");
  const all = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ ancestorTitles, title, status }) => ({ name: [...ancestorTitles, title].join(" > "), status }));
  const failed = all.filter(({ status }) => status === "failed").map(({ name }) => name);
  const broken = testResults
    .filter(({ status }) => status === "failed")
    .map(({ name, message }) => `${fileOf(name)}: ${message.split("\n", 1)[0]}`);
  const silent = code !== 0 ? ["the run as a whole"] : [];
  return {
    red: [failed, broken, silent].find((some) => some.length > 0) ?? [],
    wontBegin: failed.length === 0 && code !== 0,
    names: all.map(({ name }) => name),
    ran: all.filter(({ status }) => status === "passed" || status === "failed").length,
    took: new Map(testResults.map(({ name, startTime, endTime }) => [fileOf(name), endTime - startTime])),
  };
}
