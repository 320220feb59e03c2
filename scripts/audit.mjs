// Asks the registry for known weaknesses of the dependencies and says what it found; it never fails the build by itself.
import { spawnSync } from "node:child_process";
import { root } from "./project.mjs";

const { stdout } = spawnSync("npm", ["audit", "--json"], { cwd: root, encoding: "utf8", timeout: 60_000 });
console.log(`audit: ${sentence(stdout)}`);

function sentence(text) {
  const found = parse(text)?.metadata?.vulnerabilities;
  if (!found) return "the registry could not be asked for advisories";
  const { critical = 0, high = 0, moderate = 0, low = 0 } = found;
  return `${critical} critical, ${high} high, ${moderate} moderate, ${low} low`;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // npm said something else than a report: there is none
  }
}
