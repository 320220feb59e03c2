// npm run migration -- NAME: writes the next migration, with what prisma/schema.prisma says and the last commit's did not.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare } from "./prepare.mjs";
import { Fault, inProject, main, node24, root, say } from "./project.mjs";
import { withThrowAwayCluster } from "./throw-away.mjs";

await main(async () => {
  const name = process.argv[2] ?? "";
  if (!/^[a-z]+(_[a-z]+)*$/.test(name)) throw new Fault("Say what it is for: npm run migration -- some_words");
  await prepare();
  const sql = await withThrowAwayCluster({ lasting: false }, async (cluster) => changes(cluster.url("postgres")));
  const numbers = readdirSync(inProject("prisma", "migrations")).map((folder) => Number.parseInt(folder, 10) || 0);
  const folder = join("prisma", "migrations", `${String(Math.max(...numbers) + 1).padStart(4, "0")}_${name}`);
  mkdirSync(inProject(folder));
  writeFileSync(inProject(folder, "migration.sql"), sql);
  say(`${folder}/migration.sql`);
  return 0;
});

/** Prisma wants a database to be there, and looks at no table of it. An engine that is named is not looked for. */
function changes(databaseUrl) {
  const before = mkdtempSync(join(tmpdir(), "schema-"));
  try {
    const old = join(before, "schema.prisma");
    writeFileSync(old, outputOf("git", ["show", "HEAD:prisma/schema.prisma"]));
    const now = inProject("prisma", "schema.prisma");
    const prisma = inProject("node_modules", "prisma", "build", "index.js");
    const between = ["--from-schema-datamodel", old, "--to-schema-datamodel", now];
    return outputOf(node24, [prisma, "migrate", "diff", ...between, "--script"], {
      DATABASE_URL: databaseUrl,
      CHECKPOINT_DISABLE: "1",
      PRISMA_QUERY_ENGINE_LIBRARY: now,
    });
  } finally {
    rmSync(before, { recursive: true });
  }
}

function outputOf(program, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Fault(`${program} ${args[0]} failed:\n${stderr}`);
  return stdout;
}
