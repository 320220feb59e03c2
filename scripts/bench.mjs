// npm run bench [NAME]: one measurement or all of them, each on a PostgreSQL that is made for it and keeps its promises.
import { existsSync, readdirSync } from "node:fs";
import { makeDatabase } from "./migrate.mjs";
import { prepare } from "./prepare.mjs";
import { Fault, inProject, main, runNode } from "./project.mjs";
import { withThrowAwayCluster } from "./throw-away.mjs";

await main(async () => {
  const all = readdirSync(inProject("bench")).filter((file) => file.endsWith(".ts"));
  const [name, ...rest] = process.argv.slice(2);
  const wanted = name ? [`${name}.ts`] : all.sort();
  if (!existsSync(inProject("bench", wanted[0] ?? "")))
    throw new Fault(`There is no such measurement. There are: ${all.map((file) => file.slice(0, -3)).join(", ")}`);
  await prepare();
  let worst = 0;
  for (const file of wanted) {
    const { code } = await withThrowAwayCluster({ lasting: true }, async (cluster) => {
      await makeDatabase(cluster.url, "template_switchyard");
      const env = { NODE_ENV: "production", TEST_DATABASE_URL: cluster.url("postgres") };
      return runNode([inProject("bench", file), ...rest], { env });
    });
    worst = Math.max(worst, code);
  }
  return worst;
});
