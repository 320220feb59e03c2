// The programs, each a process of its own on Node 24, and what they are told of their surroundings.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openEmbedded } from "./embedded.mjs";
import { withLock } from "./lock.mjs";
import { migrate } from "./migrate.mjs";
import { Fault, inProject, node24, root, runNode } from "./project.mjs";

const files = { web: "app/entry.web.ts", worker: "app/entry.worker.ts", sandbox: "sandbox/entry.vendors.ts" };

/** @returns the variables that the programs need beside the user's own, and `close()` for when they have ended. */
export async function openSurroundings({ sandbox, data }) {
  const given = process.env.DATABASE_URL;
  const database = given ? { url: given, close: async () => {} } : await openEmbedded(data);
  if (given) await migrate(given);
  await mustBeOurs(database);
  const variables = { NODE_ENV: "production", DATABASE_URL: database.url, SWITCHYARD_DATA: data };
  if (sandbox && !process.env.ENCRYPTION_KEY) variables.ENCRYPTION_KEY = await ownKey(data);
  return { variables, close: database.close };
}

/** Refused here, once; the programs would say it at each of their starts. */
async function mustBeOurs(database) {
  const env = { DATABASE_URL: database.url };
  const { code, output } = await runNode([inProject("scripts", "check-database.mjs")], { env, quiet: true });
  if (code === 0) return;
  await database.close();
  throw new Fault(output.trim());
}

/** A key that lies beside what it seals: for the sandbox, and for an app under development. */
export function ownKey(data) {
  mkdirSync(data, { recursive: true });
  const file = join(data, "encryption.key");
  return withLock(join(data, "key.lock"), async () => {
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
    return readFileSync(file, "utf8");
  });
}

/**
 * A session of its own, so that a terminal's Ctrl-C comes to the launcher alone, which then ends the programs in order;
 * the channel's end (`disconnect`) tells a program that the launcher was killed.
 */
export function startProgram(name, variables) {
  return spawn(node24, [files[name]], {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
}
