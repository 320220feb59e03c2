// npm start: everything that is needed, each program watched, until Ctrl-C.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { openEnding } from "./ending.mjs";
import { readEnvironment } from "./environment.mjs";
import { mustBeFree } from "./port.mjs";
import { prepare } from "./prepare.mjs";
import { openSurroundings, startProgram } from "./programs.mjs";
import { main, say } from "./project.mjs";
import { keepRunning } from "./supervise.mjs";
import { ownVendors } from "./vendors.mjs";

await main(async () => {
  const ending = openEnding();
  const environment = await prepare(async () => {
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
