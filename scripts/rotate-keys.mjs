// npm run rotate-keys: seals what is stored with the newest key of ENCRYPTION_KEY, while web and worker run with both.
import { readEnvironment } from "./environment.mjs";
import { prepare } from "./prepare.mjs";
import { openSurroundings } from "./programs.mjs";
import { Fault, inProject, main, runNode } from "./project.mjs";

await main(async () => {
  if (!process.env.ENCRYPTION_KEY)
    throw new Fault(
      'ENCRYPTION_KEY is missing: "2:<new key>,1:<old key>", each 32 random bytes as base64; a key without an id has the id 1.',
    );
  const environment = await prepare(readEnvironment);
  const surroundings = await openSurroundings(environment);
  try {
    return (await runNode([inProject("app", "entry.rotate.ts")], { env: surroundings.variables })).code;
  } finally {
    await surroundings.close();
  }
});
