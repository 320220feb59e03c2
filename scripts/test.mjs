// npm test [FILTER]: every test, or those whose file name holds the filter; what follows is vitest's.
import { prepare } from "./prepare.mjs";
import { main } from "./project.mjs";
import { runSuite } from "./suite.mjs";

await main(async () => {
  await prepare();
  const { passed, failed } = await runSuite(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
