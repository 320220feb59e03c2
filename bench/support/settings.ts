// The credentials that the sandbox's vendors know.
const SETTINGS: Record<string, Record<string, string>> = {
  shopipixel: { apiKey: "sp_sandbox" },
  alana: { apiKey: "ak_sandbox", productIds: "product" },
  prisjakt: {
    pixelId: "11111111-1111-4111-8111-111111111111",
    clientId: "sandbox-client",
    clientSecret: "sandbox-client-secret",
  },
  tolinku: { domain: "https://sandbox.tolinku.example", apiKey: "tolk_sec_sandbox" },
  shopimind: { apiKey: "sandbox-shopimind-key-0001", triggers: "on", dataSource: "" },
};
export const settingsOf = (slug: string): Record<string, string> => SETTINGS[slug] ?? {};
