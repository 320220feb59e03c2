// npm run verify: types, lint, import order, tests.
import { prepare } from "./prepare.mjs";
import { inProject, main, runNode, say } from "./project.mjs";
import { runSuite } from "./suite.mjs";

await main(async () => {
  await prepare();
  const bin = (...parts) => inProject("node_modules", ...parts);
  say("Types …");
  const types = await runNode([bin("typescript", "bin", "tsc"), "--noEmit"]);
  say("Lint and import order …");
  const lint = await runNode([bin("@biomejs", "biome", "bin", "biome"), "check"]);
  say("Tests …");
  const { passed, failed } = await runSuite(process.argv.slice(2));
  if (types.code !== 0) console.log("types: failed");
  if (lint.code !== 0) console.log("lint: failed");
  console.log(`${passed} passed, ${failed} failed`);
  return types.code === 0 && lint.code === 0 && failed === 0 && passed > 0 ? 0 : 1;
});
