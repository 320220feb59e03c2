// Run by Node 24: says what is wrong with the environment, or how it is understood, as JSON without secrets.
import { readEnv } from "../app/base/env.ts";
import { openKeyring } from "../app/base/secrets.ts";

try {
  // The launcher has a database of its own where none is given.
  const env = readEnv({ ...process.env, DATABASE_URL: process.env.DATABASE_URL || "postgresql://embedded" });
  if (env.ENCRYPTION_KEY) openKeyring(env.ENCRYPTION_KEY);
  const { PORT, SWITCHYARD_DATA, SHOPIFY_APP_URL, sandbox } = env;
  console.log(JSON.stringify({ PORT, SWITCHYARD_DATA, SHOPIFY_APP_URL, sandbox }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
