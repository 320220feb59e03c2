// What builds the app is not what runs it: versions with known holes are in neither, and the lock file names no registry.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "../../scripts/project.mjs";

interface Locked {
  version?: string;
  dev?: boolean;
  resolved?: string;
}
const { packages } = JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")) as {
  packages: Record<string, Locked>;
};
/** The first versions without a hole that is known. */
const SOUND: Record<string, [major: number, minor: number]> = { rollup: [4, 59], tar: [7, 5] };

test.each(Object.entries(SOUND))("%s is none of those with known holes, and production has none at all", (name, [
  major,
  minor,
]) => {
  const found = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  for (const [path, { version = "", dev }] of found) {
    const [is = 0, after = 0] = version.split(".").map(Number);
    expect(is > major || (is === major && after >= minor), `${path} ${version}`).toBe(true);
    expect(dev, `${path} is development's`).toBe(true);
  }
});

test("the lock file names no registry: each machine asks its own", () => {
  const named = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
  expect(named.map(([path]) => path)).toEqual([]);
});
