// npm run verify: types, lint, unused code, and all tests, which hold the order of imports and the database to their rules.
import { prepare } from "./prepare.mjs";
import { inProject, main, runNode, say } from "./project.mjs";
import { runSuite } from "./suite.mjs";

await main(async () => {
  await prepare();
  const bin = (...parts) => inProject("node_modules", ...parts);
  const checks = {
    types: [bin("typescript", "bin", "tsc"), "--noEmit"],
    lint: [bin("@biomejs", "biome", "bin", "biome"), "check"],
    "unused code": [bin("knip", "bin", "knip.js"), "--no-progress"],
  };
  const broken = [];
  for (const [name, program] of Object.entries(checks)) {
    say(`${name} …`);
    if ((await runNode(program)).code !== 0) broken.push(name);
  }
  say("tests …");
  const { passed, failed } = await runSuite(process.argv.slice(2));
  for (const name of broken) console.log(`${name}: failed`);
  console.log(`${passed} passed, ${failed} failed`);
  return broken.length === 0 && failed === 0 && passed > 0 ? 0 : 1;
});
