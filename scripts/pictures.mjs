// npm run pictures [LANGUAGE]: a picture of each page of the app, into docs/pictures; English, or one of the other languages.
import { makeDatabase } from "./migrate.mjs";
import { prepare } from "./prepare.mjs";
import { inProject, main, runNode } from "./project.mjs";
import { withThrowAwayCluster } from "./throw-away.mjs";

await main(async () => {
  await prepare();
  return withThrowAwayCluster({ lasting: false }, async (cluster) => {
    await makeDatabase(cluster.url, "template_switchyard");
    const env = { TEST_DATABASE_URL: cluster.url("postgres"), CHECKPOINT_DISABLE: "1" };
    const { code } = await runNode([inProject("test", "pictures", "take.ts"), ...process.argv.slice(2)], { env });
    return code;
  });
});
