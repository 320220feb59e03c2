// How long each order of a load takes from its webhook's 200 to the vendors' receipts.
import { setTimeout as sleep } from "node:timers/promises";
import type { Load } from "../load/load.ts";
import type { Vendors } from "../vendors/vendors.ts";

const PATIENCE = 60_000;

/**
 * @param destinations the vendors that get each order.
 * @returns milliseconds, of each order at each vendor.
 * @throws where one did not come within a minute
 */
export async function receiptTimes(
  { load, vendors, destinations }: { load: Load; vendors: Vendors; destinations: string[] },
  { rate, count }: { rate: number; count: number },
): Promise<number[]> {
  await load.make(count);
  await vendors.reset({ receipts: true });
  const { answers = {} } = await load.run({ rate, answers: true });
  const wanted = Object.keys(answers).flatMap((id) =>
    destinations.map((slug) => [`${slug} ${id}`, answers[id] ?? 0] as const),
  );
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(100)) {
    const { receipts } = await vendors.count();
    // The vendor may have it before the 200 has come back.
    if (wanted.every(([key]) => key in receipts))
      return wanted.map(([key, at]) => Math.max(0, (receipts[key] ?? 0) - at));
  }
  throw new Error("not every order came to every vendor within a minute");
}
