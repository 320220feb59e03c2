// npm run chaos: the chaos run on a PostgreSQL of its own, which keeps its promises and is started again when it is killed.
import { makeDatabase } from "./migrate.mjs";
import { prepare } from "./prepare.mjs";
import { inProject, main, runNode } from "./project.mjs";
import { withThrowAwayCluster } from "./throw-away.mjs";

await main(async () => {
  await prepare();
  return withThrowAwayCluster({ lasting: true }, async (cluster) => {
    await makeDatabase(cluster.url, "switchyard");
    cluster.watch();
    try {
      const env = { DATABASE_URL: cluster.url("switchyard") };
      const { code } = await runNode([inProject("chaos", "run.ts"), ...process.argv.slice(2)], { env });
      return code;
    } finally {
      await cluster.leave();
    }
  });
});
