// A steady stream of webhooks from a process of its own: each is sent at its time, however long the others take, and counted from that time.
import { existsSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { parcels } from "./load.ts";

export interface Steady {
  sent: number;
  /** Answered otherwise than 200, or not at all. */
  failed: number;
  p50: number;
  p99: number;
}
export interface Asked {
  seconds: number;
}

const [url = "", rate = "100"] = process.argv.slice(2);
const pool = new Pool(url, { connections: 64 });
try {
  setPriority(-5); // it must not be late itself
  if (existsSync("/proc/self/autogroup")) writeFileSync("/proc/self/autogroup", "-5");
} catch {
  // only root may
}

async function send(at: number, { body, headers }: ReturnType<typeof parcels>[number]): Promise<number | null> {
  const early = at - performance.now();
  if (early > 0) await sleep(early);
  try {
    const answer = await pool.request({ method: "POST", path: "/webhooks", body, headers });
    await answer.body.dump();
    return answer.statusCode === 200 ? performance.now() - at : null;
  } catch {
    return null; // counted as failed
  }
}

process.on("message", async ({ seconds }: Asked) => {
  const all = parcels(Math.round(seconds * Number(rate)));
  const began = performance.now() + 50;
  const times = await Promise.all(all.map((parcel, n) => send(began + (n * 1_000) / Number(rate), parcel)));
  const taken = times.filter((time) => time !== null).sort((a, b) => a - b);
  const at = (part: number) => Math.round((taken[Math.floor(taken.length * part)] ?? Number.NaN) * 10) / 10;
  process.send?.({ sent: all.length, failed: all.length - taken.length, p50: at(0.5), p99: at(0.99) } satisfies Steady);
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
