// The sandbox's own process: the five vendors, the stand-in for Shopify, and the shop's traffic.
import { join } from "node:path";
import { startShopify } from "./shopify/server.ts";
import { liveOn } from "./traffic.ts";
import { startVendors } from "./vendors.ts";

const {
  SANDBOX_VENDORS_PORT,
  SANDBOX_SHOPIFY_PORT,
  SANDBOX_BUDGETS,
  SANDBOX_TRAFFIC,
  SWITCHYARD_DATA = ".data",
  PORT = "3000",
} = process.env;

const vendors = SANDBOX_VENDORS_PORT
  ? await startVendors({
      port: Number(SANDBOX_VENDORS_PORT),
      budgets: SANDBOX_BUDGETS !== "off",
      memory: join(SWITCHYARD_DATA, "sandbox-vendors.json"),
    })
  : null;
if (vendors) console.log(`the sandbox's vendors listen at ${vendors.url}`);

const appUrl = `http://127.0.0.1:${PORT}`;
const shopify = await startShopify({ port: Number(SANDBOX_SHOPIFY_PORT ?? 0), webhooks: `${appUrl}/webhooks` });

const ending = new AbortController();
const traffic = SANDBOX_TRAFFIC === "off" ? Promise.resolve() : liveOn(appUrl, shopify.tellings.happen, ending.signal);

async function end(): Promise<void> {
  ending.abort();
  await traffic;
  await Promise.all([vendors?.stop(), shopify.stop()]);
  process.exit(0);
}
process.on("SIGTERM", () => void end());
process.on("SIGINT", () => void end());
// The launcher is gone.
process.on("disconnect", () => void end());
