// What every script needs first: the dependencies, and what is built from the sources.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { inProject } from "./project.mjs";

/** @param check runs as soon as the dependencies are there: what can fail fast. @returns what it returns. */
export const prepare = (check = async () => {}) =>
  withLock(inProject(".cache", "prepare.lock"), async () => {
    await install();
    const checked = await check();
    await build();
    return checked;
  });
