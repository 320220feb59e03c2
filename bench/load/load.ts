// The load as a measurement uses it.
import { startOwn } from "../measure/own-process.ts";
import type { Order, Taken } from "./generator.ts";
import type { Sender } from "./orders.ts";

export type { Taken };
export interface Load {
  /** Makes and signs them, so that nothing of that is measured. */
  make(count: number, senders?: Sender[]): Promise<void>;
  /** Sends what was made. @throws where one gets no 200, unless they are `counted`. */
  run(how?: { rate?: number; answers?: boolean; counted?: boolean }): Promise<Taken>;
  stop(): Promise<void>;
}

const CONNECTIONS = 50;

export async function startLoad(url: string, connections = CONNECTIONS): Promise<Load> {
  const own = await startOwn("../load/generator.ts", [url, String(connections)]);
  return {
    make: async (make, senders) => void (await own.ask({ make, senders } satisfies Order)),
    async run({ counted = false, ...run } = {}) {
      const taken = await own.ask<Taken>({ run } satisfies Order);
      if (taken.failed > 0 && !counted) throw new Error(`${taken.failed} of ${taken.sent} webhooks were not taken`);
      return taken;
    },
    stop: own.stop,
  };
}
