// npm run web, npm run worker: one program by itself, any number of each, on one database.
import { openEnding } from "./ending.mjs";
import { readEnvironment } from "./environment.mjs";
import { mustBeFree } from "./port.mjs";
import { prepare } from "./prepare.mjs";
import { openSurroundings, startProgram } from "./programs.mjs";
import { Fault, main, outcomeOf } from "./project.mjs";
import { end } from "./supervise.mjs";
import { runningVendors } from "./vendors.mjs";

const [name] = process.argv.slice(2);

await main(async () => {
  if (name !== "web" && name !== "worker") throw new Fault("Which one? `npm run web` or `npm run worker`.");
  const ending = openEnding();
  const environment = await prepare(readEnvironment, { production: true });
  const vendors = environment.sandbox ? await runningVendors(environment.data) : {};
  if (name === "web") await mustBeFree(environment.port);
  ending.defer();
  const surroundings = await openSurroundings(environment);
  try {
    if (ending.asked.aborted) return 0;
    const child = startProgram(name, { ...surroundings.variables, ...vendors });
    ending.asked.addEventListener("abort", () => end(child, ending.hurried));
    return (await outcomeOf(child)).code;
  } finally {
    await surroundings.close();
  }
});
