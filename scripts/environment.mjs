// Reads the environment as the programs do, before any of them starts; its schema is TypeScript, so Node 24 reads it.
import { resolve } from "node:path";
import { Fault, inProject, root, runNode } from "./project.mjs";

/** @returns the port, whether the sandbox is on, the data folder and where the app is reached. */
export async function readEnvironment() {
  const { code, printed, output } = await runNode([inProject("scripts", "check-environment.mjs")], { quiet: true });
  if (code !== 0) throw new Fault(output.trim());
  const { PORT, SWITCHYARD_DATA, SHOPIFY_APP_URL, sandbox } = JSON.parse(printed);
  const address = sandbox ? `http://localhost:${PORT}/sandbox` : new URL("/app", SHOPIFY_APP_URL).href;
  return { port: PORT, sandbox, data: resolve(root, SWITCHYARD_DATA), address };
}
