// Runs the tests on a PostgreSQL of their own and counts them.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { makeDatabase } from "./migrate.mjs";
import { inProject, runNode } from "./project.mjs";
import { withThrowAwayCluster } from "./throw-away.mjs";

/** @returns what passed and failed; a file that cannot be run counts as a failed test. */
export async function runSuite(args) {
  const report = inProject("test-results", "vitest.json");
  rmSync(report, { force: true });
  // Some hundred programs are started that are all the same ones.
  const compiled = inProject("node_modules", ".cache", "compiled");
  const { code } = await withThrowAwayCluster({ lasting: false }, async (cluster) => {
    await makeDatabase(cluster.url, "template_switchyard");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    return runNode([inProject("node_modules", "vitest", "vitest.mjs"), "run", ...reporters, ...args], {
      env: { TEST_DATABASE_URL: cluster.url("postgres"), CHECKPOINT_DISABLE: "1", NODE_COMPILE_CACHE: compiled },
    });
  });
  const { passed, failed } = count(report);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function count(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  );
  for (const { name, message } of broken) console.error(`${name} could not be run: ${message}`);
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}
