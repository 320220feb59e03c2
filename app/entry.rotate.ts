// npm run rotate-keys: seals all stored secrets with the newest key of ENCRYPTION_KEY, then says whether the older ones may go.
import { openDatabase } from "./base/database.ts";
import { readEnv } from "./base/env.ts";
import { openKeyring } from "./base/secrets.ts";
import { rotate } from "./programs/rotation.ts";

const env = readEnv(process.env);
if (!env.ENCRYPTION_KEY) throw new Error("ENCRYPTION_KEY is missing: the new key, a comma, and the one before it.");
const db = openDatabase(env.DATABASE_URL, {
  size: 1,
  name: "switchyard rotation",
  prepare: env.DATABASE_PREPARE === "on",
});
const figures = await rotate(db, openKeyring(env.ENCRYPTION_KEY));
await db.end();
for (const { what, current, sealedAnew, unopened } of figures) {
  console.log(
    `${what}: ${sealedAnew} sealed anew, ${current} had the newest key already, ${unopened.length} cannot be opened`,
  );
  for (const id of unopened) console.log(`  cannot be opened: ${id}`);
}
if (figures.some(({ unopened }) => unopened.length > 0)) process.exitCode = 1;
