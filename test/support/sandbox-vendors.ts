// The sandbox's vendors by themselves, with their limits, on a clock that stands still; asked over real HTTP.
import { afterEach, beforeEach } from "vitest";
import { startVendors, type Vendors } from "../../sandbox/vendors.ts";

export const START = Date.parse("2026-11-21T09:00:00Z");

/** To be called once at the top of a test file: each test gets vendors of its own. */
export function vendorsForTests() {
  let vendors: Vendors;
  beforeEach(async () => {
    vendors = await startVendors({ budgets: true, clock: () => START });
  });
  afterEach(() => vendors.stop());
  return {
    async restart(options: Parameters<typeof startVendors>[0]) {
      await vendors.stop();
      vendors = await startVendors(options);
    },
    get vendors() {
      return vendors;
    },
    ledger: (slug: Parameters<Vendors["ledger"]>[0]) => vendors.ledger(slug),
    async ask(method: string, path: string, headers: Record<string, string>, body?: unknown) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const answer = await fetch(vendors.url + path, { method, headers, body: text });
      return { status: answer.status, headers: answer.headers, json: JSON.parse((await answer.text()) || "null") };
    },
  };
}
