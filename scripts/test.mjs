// npm test [FILTER]: every test, or those whose file name holds the filter, or `fast`; what follows is vitest's.
import { prepare } from "./prepare.mjs";
import { main } from "./project.mjs";
import { runSuite } from "./suite.mjs";

/** Needs no browser and is soon over: the vendors' contracts, the readers, the ground, the sandbox, the house and the tables. */
const FAST = ["base/", "destinations/", "events/", "sandbox/", "programs/house", "programs/drift"].map(
  (path) => `test/${path}`,
);
/** Hours of traffic, by a clock that is moved. */
const LONG = "--exclude=test/destinations/{budgets,metafields}.test.ts";

await main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  await prepare();
  const { passed, failed } = await runSuite(first === "fast" ? [...FAST, LONG, ...rest] : process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
