// What can be found out about a ShopiPixel key by reading: whether it is known, what it may read, and whether the plan is there.

import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding, Http } from "../destination.ts";
import { COMMON_REASONS, tell } from "../reasons.ts";
import { plainNo } from "./answers.ts";
import { listEvents, stats } from "./client.ts";
import { REASONS } from "./reasons.ts";

const DAY = 86_400_000;

export async function check(http: Http): Promise<Finding[]> {
  const events = await finding(() => listEvents({ limit: 1 }, http), {
    fine: "The key is valid and may read events (events:read): what is in doubt can be looked up.",
    missing: "Without events:read, an event whose answer was lost for 20 minutes cannot be looked up.",
  });
  if (events.unauthorized) return [events.finding];
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
  const figures = await finding(() => stats({ granularity: "day", from: yesterday, to: today }, http), {
    fine: "The key may read statistics (stats:read).",
    missing: "Without stats:read, ShopiPixel's own figures cannot be shown here.",
  });
  return [
    events.finding,
    figures.finding,
    { ok: null, says: "Whether the key may write events (events:write) is known with the first event." },
    { ok: true, says: "Limits: 1,000 requests an hour for this key, 24 hours from the event to its arrival." },
  ];
}

async function finding(call: () => Promise<unknown>, says: { fine: string; missing: string }) {
  try {
    await call();
    return { finding: { ok: true, says: says.fine } };
  } catch (error) {
    if (error instanceof NotAsDocumented) {
      return { finding: { ok: null, says: `ShopiPixel's answer could not be read: ${error.message}` } };
    }
    if (!(error instanceof SaidNo)) throw error;
    return refusal(error, says.missing);
  }
}

function refusal(no: SaidNo, missing: string): { unauthorized?: true; finding: Finding } {
  const { status } = no.answer;
  if (status === 401) {
    const says = `ShopiPixel does not accept this key: it is wrong, expired or revoked (${no.message}).`;
    return { unauthorized: true, finding: { ok: false, says } };
  }
  if (status === 403)
    return {
      finding: { ok: false, says: `${tell({ ...COMMON_REASONS, ...REASONS }, plainNo(no.answer))}. ${missing}` },
    };
  return { finding: { ok: null, says: `ShopiPixel could not say just now: ${no.message}` } };
}
