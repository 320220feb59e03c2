// The sandbox's shop and its five connections, there before the app says that it is ready.
import { saveConnection } from "../app/delivery/connections/save-connection.ts";
import type { Road } from "../app/delivery/road.ts";
import { install } from "../app/shopify/install.ts";
import { SANDBOX_PIXEL_KEY, SANDBOX_SHOP } from "./sign.ts";

const FACTS = {
  domain: SANDBOX_SHOP,
  currency: "EUR",
  timeZone: "Europe/Berlin",
  locale: "de",
  primaryDomain: SANDBOX_SHOP,
};

export const SANDBOX_SETTINGS: Record<string, Record<string, string>> = {
  shopipixel: { apiKey: "sp_sandbox" },
  alana: { apiKey: "ak_sandbox" },
  prisjakt: {
    pixelId: "11111111-1111-4111-8111-111111111111",
    clientId: "sandbox-client",
    clientSecret: "sandbox-client-secret",
  },
  tolinku: { domain: "https://sandbox.tolinku.example", apiKey: "tolk_sec_sandbox" },
  shopimind: { apiKey: "sandbox-shopimind-key-0001", triggers: "on" },
};

/**
 * Once: a shop that is known, even if it has left, is not connected anew.
 * Its web pixel is off until somebody switches it on, so that no order waits for what it might say.
 */
export async function seedSandbox(road: Road): Promise<void> {
  await road.db.transaction(async (sql) => {
    await sql.query("SELECT pg_advisory_xact_lock(7, 3)");
    const [known] = await sql.query("SELECT 1 FROM shop WHERE domain = $1", [SANDBOX_SHOP]);
    if (known) return;
    const within: Road = { ...road, db: { query: sql.query, transaction: (work) => work(sql), end: async () => {} } };
    for (const { slug, name } of road.destinations) {
      const settings = SANDBOX_SETTINGS[slug];
      // A vendor that the sandbox does not have waits for its settings.
      if (!settings) continue;
      const saved = await saveConnection(within, SANDBOX_SHOP, {
        id: null,
        destination: slug,
        name,
        settings,
        rules: {},
      });
      if (!saved.ok) throw new Error(`the sandbox's ${name}: ${Object.values(saved.errors).join(" ")}`);
    }
    await install(sql, SANDBOX_SHOP, FACTS, road.clock());
    await sql.query("UPDATE shop SET pixel_key = $2 WHERE domain = $1", [SANDBOX_SHOP, SANDBOX_PIXEL_KEY]);
  });
}
