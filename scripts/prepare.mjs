// What every script needs first: the dependencies, and what is built from the sources.
import { build, pagesAreBuilt } from "./build.mjs";
import { install } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { inProject } from "./project.mjs";

/**
 * @param check runs as soon as the dependencies are there: what can fail fast. @returns what it returns.
 * @param production the tools to build and test with are installed only where the pages are not built yet.
 */
export const prepare = (check = async () => {}, { production = false } = {}) =>
  withLock(inProject(".cache", "prepare.lock"), async () => {
    await install({ tools: !(production && pagesAreBuilt()) });
    const checked = await check();
    await build();
    return checked;
  });
