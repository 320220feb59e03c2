// What can be found out about a ShopiPixel key by reading: whether it is known, what it may read, and whether the plan is there.

import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding, Http } from "../destination.ts";
import { plainNo } from "./answers.ts";
import { listEvents, stats } from "./client.ts";
import { because } from "./reasons.ts";

const DAY = 86_400_000;

export async function check(http: Http): Promise<Finding[]> {
  const events = await finding(() => listEvents({ limit: 1 }, http), {
    fine: "shopipixel_may_read",
    missing: "shopipixel_without_read",
  });
  if (events.unauthorized) return [events.finding];
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
  const figures = await finding(() => stats({ granularity: "day", from: yesterday, to: today }, http), {
    fine: "shopipixel_may_count",
    missing: "shopipixel_without_stats",
  });
  return [
    events.finding,
    figures.finding,
    { ok: null, says: because("shopipixel_check_writes") },
    { ok: true, says: because("shopipixel_check_limits") },
  ];
}

type Fine = "shopipixel_may_read" | "shopipixel_may_count";
type Missing = "shopipixel_without_read" | "shopipixel_without_stats";

async function finding(call: () => Promise<unknown>, says: { fine: Fine; missing: Missing }) {
  try {
    await call();
    return { finding: { ok: true, says: because(says.fine) } };
  } catch (error) {
    if (error instanceof NotAsDocumented) {
      return { finding: { ok: null, says: because("shopipixel_unreadable", { words: error.why }) } };
    }
    if (!(error instanceof SaidNo)) throw error;
    return refusal(error, says.missing);
  }
}

function refusal(no: SaidNo, missing: Missing): { unauthorized?: true; finding: Finding } {
  const { status } = no.answer;
  if (status === 401) {
    const says = because("shopipixel_key_unknown", { words: no.message });
    return { unauthorized: true, finding: { ok: false, says } };
  }
  if (status === 403) return { finding: { ok: false, says: because(missing, { no: plainNo(no.answer) }) } };
  return { finding: { ok: null, says: because("shopipixel_check_failed", { words: no.message }) } };
}
