// Makes what is made from the sources, Prisma's client and the pages, when a source has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Fault, inProject, runNode, say } from "./project.mjs";

const CLIENT = {
  what: "Prisma's client",
  sources: ["prisma/schema.prisma", "package-lock.json"],
  stamp: inProject("node_modules", ".prisma", "switchyard"),
  args: [inProject("node_modules", "prisma", "build", "index.js"), "generate", "--no-hints"],
};
const PAGES = {
  what: "the pages",
  sources: ["app", "prisma/schema.prisma", "vite.config.ts", "package-lock.json"],
  stamp: inProject("build", "switchyard"),
  args: [inProject("node_modules", "@remix-run", "dev", "dist", "cli.js"), "vite:build"],
};

export async function build() {
  await make(CLIENT);
  await make(PAGES);
}

/** Another Prisma client, into the folder that its schema names: the bench's. */
export const makeClient = (schema) =>
  make({
    ...CLIENT,
    what: "the template's client",
    sources: [relative(inProject(), schema), "package-lock.json"],
    stamp: inProject(".cache", "template-client", "switchyard"),
    args: [...CLIENT.args, "--schema", schema],
  });

export const pagesAreBuilt = () => isMade(PAGES.stamp, hashOf(PAGES.sources));

const isMade = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;

async function make({ what, sources, stamp, args }) {
  const hash = hashOf(sources);
  if (isMade(stamp, hash)) return;
  say(`Building ${what} …`);
  rmSync(stamp, { force: true });
  const { code, output } = await runNode(args, {
    // To generate needs no database, but Prisma looks for an engine to download when the URL is missing.
    env: { NODE_ENV: "production", DATABASE_URL: "postgresql://none", CHECKPOINT_DISABLE: "1" },
    quiet: true,
  });
  if (code !== 0) throw new Fault(`Building ${what} failed:\n${output}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

function hashOf(sources) {
  const hash = createHash("sha256");
  for (const source of sources.flatMap(filesIn)) hash.update(`${source}\n`).update(readFileSync(inProject(source)));
  return hash.digest("hex");
}

function filesIn(source) {
  if (source.includes(".")) return [source];
  const entries = readdirSync(inProject(source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(inProject("").length)).sort();
}
