// Brings a database to the tables of prisma/migrations; a look at what it says of itself spares Prisma's seconds.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault, inProject, node24, outcomeOf, root } from "./project.mjs";

export async function connect(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new Fault(`The database ${pathname.slice(1)} at ${host} does not let us in: ${error.message || error.code}`);
  }
  // A connection that breaks says so in its next query.
  client.on("error", () => {});
  return client;
}

export async function migrate(url) {
  const client = await connect(url);
  try {
    if (await isMigrated(client)) return;
    await deploy(url, client);
  } finally {
    await client.end();
  }
}

/** Prisma's own timer keeps it for 10 s after its work is done: it is ended as soon as the database says that all is there. */
async function deploy(url, client) {
  const child = spawn(node24, [inProject("node_modules", "prisma", "build", "index.js"), "migrate", "deploy"], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let ended = false;
  const outcome = outcomeOf(child).finally(() => {
    ended = true;
  });
  while (!ended && !(await isMigrated(client))) await sleep(50);
  child.kill();
  const { output } = await outcome;
  if (!(await isMigrated(client))) throw new Fault(`The tables could not be made:\n${output.trim()}`);
}

async function isMigrated(client) {
  const folders = readdirSync(inProject("prisma", "migrations"), { withFileTypes: true });
  const wanted = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!rows[0].there) return false;
  const done = await client.query(
    "SELECT count(DISTINCT migration_name)::int AS count FROM _prisma_migrations WHERE migration_name = ANY($1) AND finished_at IS NOT NULL AND rolled_back_at IS NULL",
    [wanted],
  );
  return done.rows[0].count === wanted.length;
}

/** Makes a database with all tables. It gets its name when it is whole: a start that is killed in between begins anew. */
export async function makeDatabase(url, name) {
  const admin = await connect(url("postgres"));
  try {
    const { rowCount } = await admin.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount) return;
    await admin.query(`DROP DATABASE IF EXISTS ${name}_half WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}_half`);
    await migrate(url(`${name}_half`));
    // Prisma's connection may still be closing.
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [`${name}_half`]);
    await admin.query(`ALTER DATABASE ${name}_half RENAME TO ${name}`);
  } finally {
    await admin.end();
  }
}
