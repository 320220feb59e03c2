// Installs the dependencies when what is in node_modules is not what package-lock.json says.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { Fault, inProject, outcomeOf, root, say } from "./project.mjs";

/** @param tools false: only what runs in production is needed. */
export async function install({ tools }) {
  if (isInstalled(tools)) return;
  say("Installing the dependencies: about a minute …");
  // Errors only: npm warns that the user's Node is too old for some of them, but Node 24 is one of them and runs them.
  const npm = spawn("npm", ["ci", tools ? "--include=dev" : "--omit=dev", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  const { code } = await outcomeOf(npm);
  if (code !== 0) throw new Fault("npm ci failed; what it says is above.");
}

/** npm writes down at the end of an install what it has put where. */
function isInstalled(tools) {
  const installed = inProject("node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const found = packagesOf(installed);
  const wanted = Object.entries(packagesOf(inProject("package-lock.json")));
  return wanted.every(
    ([path, { version, optional, dev }]) =>
      path === "" || (dev && !tools) || (found[path] ? found[path].version === version : optional === true),
  );
}

const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
