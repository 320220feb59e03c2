// The vendors as a measurement uses them.
import { startOwn } from "../measure/own-process.ts";
import type { Counted, Wish } from "./server.ts";

export interface Vendors {
  url: string;
  /** From now on. @param wish.delays milliseconds that a vendor takes for an answer */
  reset(wish?: { receipts?: boolean; delays?: Record<string, number> }): Promise<void>;
  count(): Promise<Counted>;
  stop(): Promise<void>;
}

export async function startVendors(): Promise<Vendors> {
  const own = await startOwn("../vendors/server.ts");
  return {
    url: `http://127.0.0.1:${own.said<{ port: number }>().port}`,
    reset: async (wish = {}) => void (await own.ask({ reset: true, ...wish } satisfies Wish)),
    count: () => own.ask("count" satisfies Wish),
    stop: own.stop,
  };
}
