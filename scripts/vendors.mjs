// Where the sandbox's servers are: the vendors at the URL that was given, or our own, and the stand-in for Shopify. Their addresses lie in the data folder.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isFree } from "./port.mjs";
import { Fault } from "./project.mjs";

const fileIn = (data) => join(data, "vendors-url");
const shopifyFileIn = (data) => join(data, "shopify-url");

/** For the start that runs them. @returns the programs' variables, the vendors' own, and `close()`. */
export async function ownVendors(data) {
  mkdirSync(data, { recursive: true });
  const shopify = await openAt(shopifyFileIn(data));
  const variables = { SANDBOX_SHOPIFY_URL: shopify.url };
  const ports = { SANDBOX_SHOPIFY_PORT: shopify.port };
  if (process.env.SANDBOX_VENDORS_URL) return { variables, vendors: ports, close: shopify.close };
  const vendors = await openAt(fileIn(data));
  return {
    variables: { ...variables, SANDBOX_VENDORS_URL: vendors.url, SANDBOX_OWN_VENDORS: "yes" },
    vendors: { ...ports, SANDBOX_VENDORS_PORT: vendors.port },
    close() {
      shopify.close();
      vendors.close();
    },
  };
}

/** A free port, and a file that tells others of it. */
async function openAt(file) {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(file, url);
  return { url, port, close: () => rmSync(file, { force: true }) };
}

/** For a program that runs by itself. @throws where there are none. */
export async function runningVendors(data) {
  const file = shopifyFileIn(data);
  const shopify = existsSync(file) ? { SANDBOX_SHOPIFY_URL: readFileSync(file, "utf8") } : {};
  if (process.env.SANDBOX_VENDORS_URL) return shopify;
  const url = existsSync(fileIn(data)) ? readFileSync(fileIn(data), "utf8") : null;
  if (!url || (await isFree(Number(new URL(url).port), "127.0.0.1")))
    throw new Fault(
      "The sandbox has no vendors: run `npm start` on the same SWITCHYARD_DATA first, or set SANDBOX_VENDORS_URL.",
    );
  return { ...shopify, SANDBOX_VENDORS_URL: url, SANDBOX_OWN_VENDORS: "yes" };
}
