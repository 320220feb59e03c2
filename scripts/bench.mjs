// npm run bench [NAME]: one measurement or all of them, each on a PostgreSQL that is made for it and keeps its promises; the last line is all ratios.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { makeClient } from "./build.mjs";
import { makeDatabase } from "./migrate.mjs";
import { prepare } from "./prepare.mjs";
import { Fault, inProject, main, node24, outcomeOf, root } from "./project.mjs";
import { withThrowAwayCluster } from "./throw-away.mjs";

/** Each measurement: where it is, and which ratios it gives. NAME is its own or that of one of them. */
const ALL = {
  door: { folder: "door", gives: ["ingest_vs_null", "ingest_vs_limit", "ingest_vs_template"] },
  trip: {
    folder: "road",
    gives: ["end_to_end_vs_naive", "five_vendors_vs_naive", "bells_per_webhook", "cpu_us_per_webhook"],
  },
  prisjakt: { folder: "road", gives: ["prisjakt_per_second_vs_one_at_a_time"] },
  latency: { folder: "road", gives: ["latency_p99_ms_vs_naive"] },
  drain: { folder: "road", gives: ["drain_100k_vs_1k"] },
  growth: { folder: "road", gives: ["growth_1m_vs_10k"] },
  requests: { folder: "road", gives: ["requests_vs_minimum"] },
  "door-with-backlog": { folder: "door", gives: ["door_p99_with_backlog"] },
  fair: { folder: "house", gives: ["fair_p95_vs_median"] },
  memory: { folder: "house", gives: ["rss_growth"] },
  start: { folder: "house", gives: ["start_ms"] },
};
const AFTER_FIRST_MINUTE = process.env.BENCH_QUICK ? 8_000 : 75_000;
/** By their names only. */
const MORE = {
  "door-beside-pages": { folder: "door", gives: [] },
  home: { folder: "house", gives: ["pages_p95_ms", "home_lcp_ms"] },
  steady: { folder: "house", gives: ["steady_p99_growth"] },
  "bad-neighbour": { folder: "house", gives: [] },
};

await main(async () => {
  const [name, ...rest] = process.argv.slice(2);
  const known = { ...ALL, ...MORE };
  const wanted = name
    ? Object.keys(known).filter((one) => one === name || known[one].gives.includes(name))
    : Object.keys(ALL);
  if (wanted.length === 0) throw new Fault(`There is no such measurement. There are: ${Object.keys(known).join(", ")}`);
  await prepare();
  await makeClient(inProject("bench", "peers", "template", "schema.prisma"));
  const ratios = {};
  let worst = 0;
  const measure = async (one, turn) => {
    const began = performance.now();
    const { code, said } = await run(inProject("bench", known[one].folder, `${one}.ts`), rest, turn);
    Object.assign(ratios, said);
    worst = Math.max(worst, code);
    console.log(JSON.stringify({ bench: one, ended: code, seconds: Math.round((performance.now() - began) / 1000) }));
  };
  const over = name ? [] : await besideMemory(measure);
  for (const one of wanted.filter((one) => !over.includes(one))) await measure(one);
  console.log(JSON.stringify({ ratios }));
  return worst;
});

/**
 * Memory's ten minutes leave the processor idle, and count no time: between its first minute and its last, which are compared, requests
 * are counted, and growth fills its ledgers. What measures time has the machine for itself afterwards.
 * @returns what has been measured.
 */
async function besideMemory(measure) {
  const memory = measure("memory");
  await sleep(AFTER_FIRST_MINUTE);
  await measure("requests");
  const growth = measure("growth", memory);
  await memory;
  await growth;
  return ["memory", "requests", "growth"];
}

/** @param turn until when it may only make ready. @returns its exit code and its ratios, which are not printed yet. */
function run(file, args, turn) {
  const change = {
    min_wal_size: "1GB",
    ...(process.env.PROFILE ? { shared_preload_libraries: "pg_stat_statements" } : {}),
  };
  return withThrowAwayCluster({ lasting: true, change }, async (cluster) => {
    await makeDatabase(cluster.url, "template_switchyard");
    await makeLog(cluster.url("postgres"));
    const env = { ...process.env, NODE_ENV: "production", TEST_DATABASE_URL: cluster.url("postgres") };
    const child = spawn(node24, [file, ...args], { cwd: root, env, stdio: ["ignore", "pipe", "inherit", "ipc"] });
    child.once("message", () => void Promise.resolve(turn).then(() => child.connected && child.send("your turn")));
    let said = {};
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith('{"ratios":')) said = JSON.parse(line).ratios;
      else console.log(line);
    });
    const { code } = await outcomeOf(child);
    return { code, said };
  });
}

/** A server in use writes its log into files that are there; a new one makes each first, for which whoever is measured first would pay. */
async function makeLog(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "SELECT pg_logical_emit_message(false, 'bench', repeat('x', 1048576)) FROM generate_series(1, 1024)",
  );
  await client.query("CHECKPOINT");
  await client.end();
}
