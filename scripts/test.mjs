// npm test [FILTER]: every test, or those whose file name holds the filter, or `fast`; what follows is vitest's.
import { prepare } from "./prepare.mjs";
import { main } from "./project.mjs";
import { runSuite } from "./suite.mjs";

/** What is over within a minute and needs no browser: the vendors' contracts, the readers, the ground, the sandbox, the house. */
const FAST = [
  "test/base/",
  "test/destinations/",
  "test/events/",
  "test/sandbox/",
  "test/programs/house",
  "test/programs/drift",
];

await main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  await prepare();
  const { passed, failed } = await runSuite(first === "fast" ? [...FAST, ...rest] : process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
