// Where the sandbox's vendors are: at the URL that was given, or our own, whose address lies in the data folder.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isFree } from "./port.mjs";
import { Fault } from "./project.mjs";

const fileIn = (data) => join(data, "vendors-url");

/** For the start that runs them. @returns the programs' variables, the vendors' own, and `close()`. */
export async function ownVendors(data) {
  const given = process.env.SANDBOX_VENDORS_URL;
  if (given) return { variables: {}, vendors: {}, close() {} };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(data, { recursive: true });
  writeFileSync(fileIn(data), url);
  return {
    variables: { SANDBOX_VENDORS_URL: url, SANDBOX_OWN_VENDORS: "yes" },
    vendors: { SANDBOX_VENDORS_PORT: String(port) },
    close: () => rmSync(fileIn(data), { force: true }),
  };
}

/** For a program that runs by itself. @throws where there are none. */
export async function runningVendors(data) {
  if (process.env.SANDBOX_VENDORS_URL) return {};
  const url = existsSync(fileIn(data)) ? readFileSync(fileIn(data), "utf8") : null;
  if (!url || (await isFree(Number(new URL(url).port), "127.0.0.1")))
    throw new Fault(
      "The sandbox has no vendors: run `npm start` on the same SWITCHYARD_DATA first, or set SANDBOX_VENDORS_URL.",
    );
  return { SANDBOX_VENDORS_URL: url, SANDBOX_OWN_VENDORS: "yes" };
}
