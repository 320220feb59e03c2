// Where things are, and Node 24 out of node_modules: the programs run on it whatever Node the user has.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const inProject = (...parts) => join(root, ...parts);
export const node24 = inProject("node_modules", ".bin", "node");

/** Progress goes to stderr: what a script prints as its result stays alone. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** A fault that the user can mend: its message is shown alone, without a stack. */
export class Fault extends Error {}

/** Runs a script's body; what it returns is the exit code. A Fault ends it with its message and code 1. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof Fault ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs a file with Node 24 in the project's folder; its output is passed through, or returned where it is `quiet`. */
export async function runNode(args, { env = {}, quiet = false } = {}) {
  const stdio = quiet ? ["ignore", "pipe", "pipe"] : "inherit";
  const child = spawn(node24, args, { cwd: root, env: { ...process.env, ...env }, stdio });
  const pass = () => child.kill("SIGTERM");
  process.on("SIGTERM", pass);
  try {
    return await outcomeOf(child);
  } finally {
    process.off("SIGTERM", pass);
  }
}

/** Waits for a child's end; it does not outlive us. @returns its exit code and what it wrote to the pipes that it has. */
export function outcomeOf(child) {
  let [printed, output] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    printed += text;
    output += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const end = () => child.kill();
  process.once("exit", end);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", end);
      resolve({ code: code ?? 1, printed, output });
    });
  });
}
