// The load, a process of its own: webhooks that were made and signed before, over kept connections, as fast as they are answered or at a steady rate.
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../measure/figures.ts";
import { openConnection } from "./connection.ts";
import { type Parcel, parcel, type Sender } from "./orders.ts";

export type Order =
  | { make: number; senders?: Sender[] }
  /** `rate`: so many a second, each at its time however long the others take. */
  | { run: { rate?: number; answers?: boolean } };

export interface Taken {
  sent: number;
  /** Answered otherwise than 200, or not at all. */
  failed: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** When the first and the last was answered: milliseconds of the machine's own clock, the same in every process. */
  first: number;
  last: number;
  /** Order id → when it was answered, where they were asked for. */
  answers?: Record<string, number>;
}

const [url = "", connections = "50"] = process.argv.slice(2);
const now = () => Number(process.hrtime.bigint()) / 1e6;
try {
  setPriority(-5); // it must not be late itself
} catch {
  // only root may
}
const host = new URL(url).host;
const lines = Array.from({ length: Number(connections) }, () => openConnection(url));
let made: Parcel[] = [];

async function run({ rate, answers }: { rate?: number; answers?: boolean }): Promise<Taken> {
  const times: number[] = [];
  const answered: [string, number][] = [];
  const began = now() + (rate ? 20 : 0);
  let [next, first, last, failed] = [0, 0, 0, 0];
  const work = async (line: (typeof lines)[number]) => {
    for (let at = next++; at < made.length; at = next++) {
      const { bytes, orderId } = made[at] as Parcel;
      const due = rate ? began + (at * 1_000) / rate : now();
      if (due > now()) await sleep(due - now());
      const status = await line.send(bytes);
      last = now();
      first ||= last;
      times.push(last - due);
      if (status !== 200) failed += 1;
      else if (answers) answered.push([orderId, last]);
    }
  };
  await Promise.all(lines.map(work));
  const perSecond = (1_000 * times.length) / (last - began);
  const figures = { sent: times.length, failed, perSecond, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  return { ...figures, first, last, ...(answers ? { answers: Object.fromEntries(answered) } : {}) };
}

process.on("message", async (order: Order) => {
  if ("run" in order) return void process.send?.(await run(order.run));
  const senders = order.senders ?? [{}];
  made = Array.from({ length: order.make }, (_, n) => parcel(host, senders[n % senders.length]));
  process.send?.("made");
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
