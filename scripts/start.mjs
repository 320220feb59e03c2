// npm start: everything that is needed, each program watched, until Ctrl-C. With "dev" as Shopify's command line starts it for a developer.
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openEnding } from "./ending.mjs";
import { readEnvironment } from "./environment.mjs";
import { mustBeFree } from "./port.mjs";
import { prepare } from "./prepare.mjs";
import { openSurroundings, ownKey, startProgram } from "./programs.mjs";
import { main, root, say } from "./project.mjs";
import { keepRunning } from "./supervise.mjs";
import { ownVendors } from "./vendors.mjs";

await main(async () => {
  const ending = openEnding();
  const environment = await prepare(async () => {
    if (process.argv[2] === "dev") await readyForDevelopment();
    const read = await readEnvironment();
    await mustBeFree(read.port);
    return read;
  });
  ending.defer();
  say(process.env.DATABASE_URL ? "Looking at the database …" : "Starting PostgreSQL …");
  const surroundings = await openSurroundings(environment);
  try {
    if (!ending.asked.aborted) await runAll(environment, surroundings.variables, ending);
  } finally {
    await surroundings.close();
  }
  say("Switchyard has ended");
});

/** Shopify's command line hands over the app's credentials and address. The sandbox's data are another app's. */
async function readyForDevelopment() {
  process.env.SWITCHYARD_DATA ||= ".data/shopify-dev";
  process.env.ENCRYPTION_KEY ||= await ownKey(resolve(root, process.env.SWITCHYARD_DATA));
}

async function runAll({ port, sandbox, data, address }, surroundings, { asked, hurried }) {
  const own = sandbox ? await ownVendors(data) : null;
  const variables = { ...surroundings, ...own?.variables };
  const keep = (name, more) => keepRunning(name, () => startProgram(name, { ...variables, ...more }));
  say(`Starting web and worker${own ? ", and the sandbox" : ""} …`);
  const programs = [...(own ? [keep("sandbox", own.vendors)] : []), keep("web"), keep("worker")];
  try {
    if (await isReady(port, asked)) console.log(`Switchyard is ready: ${address}`);
    if (!asked.aborted) await once(asked, "abort");
    say("Ending …");
  } finally {
    await Promise.all(programs.map((program) => program.stop(hurried)));
    own?.close();
  }
}

async function isReady(port, asked) {
  for (; !asked.aborted; await sleep(100)) {
    const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => null);
    if (answer?.ok) return true;
  }
  return false;
}
