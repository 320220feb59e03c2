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
export function runNode(args, { env = {}, quiet = false } = {}) {
  const stdio = quiet ? ["ignore", "pipe", "pipe"] : "inherit";
  return outcomeOf(spawn(node24, args, { cwd: root, env: { ...process.env, ...env }, stdio }));
}

/** Waits for a child's end; it does not outlive us. @returns its exit code and what it wrote to the pipes that it has. */
export function outcomeOf(child) {
  let output = "";
  const end = () => child.kill();
  process.once("exit", end);
  const collect = (text) => {
    output += text;
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", collect);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", end);
      resolve({ code: code ?? 1, output });
    });
  });
}
