// Run by Node 24: says whether the database may be used with this environment, a sandbox's or one with credentials, and marks it.
import { openDatabase } from "../app/base/database.ts";
import { readEnv } from "../app/base/env.ts";
import { takeDatabase } from "../app/programs/deed.ts";

const env = readEnv(process.env);
const db = openDatabase(env.DATABASE_URL, {
  size: 1,
  name: "switchyard start",
  prepare: env.DATABASE_PREPARE === "on",
});
try {
  await takeDatabase(db, env.sandbox);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await db.end();
}
