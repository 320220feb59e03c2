// "Test connection": asks the vendor, by reading only.

import { statement } from "../../base/statement.ts";
import { SaidNo } from "../../destinations/answer.ts";
import type { Destination, Finding } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { findConnection, printOf, readSettings } from "./connections.ts";
import { check, type Draft, merge, secretsLedAway } from "./drafts.ts";
import { opened, sheetNamed } from "./open-connection.ts";

/** Asks the vendor, by reading only, whether these settings will do. */
export async function testConnection(
  road: Road,
  shop: string,
  draft: Pick<Draft, "id" | "destination" | "settings">,
): Promise<Finding[]> {
  const sheet = sheetNamed(road, draft.destination);
  const stored = draft.id ? await findConnection(road, shop, draft.id) : null;
  const before = stored ? readSettings(road, sheet, stored).all : {};
  const settings = merge(sheet, before, draft.settings);
  const errors = { ...secretsLedAway(sheet, before, draft.settings, settings), ...check(sheet, settings) };
  if (Object.keys(errors).length > 0) return Object.values(errors).map((says) => ({ ok: false, says }));
  const row = { id: draft.id ?? "", shop, state: "off", account: sheet.account(settings), rules: {} };
  const findings = await found(road, sheet, row, settings);
  if (stored) await keep(road, stored.id, { findings, settings, before });
  return findings;
}

async function found(
  road: Road,
  sheet: Destination,
  row: Parameters<typeof opened>[2],
  settings: Record<string, string>,
): Promise<Finding[]> {
  try {
    return await sheet.check(settings, opened(road, sheet, row, settings).pacedHttp);
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo)
      return [
        {
          ok: false,
          says: because("not_asked", { vendor: sheet.name, words: "why" in error ? error.why : error.message }),
        },
      ];
    throw error;
  }
}

const KEEP = statement<never, [id: string, now: Date, ok: boolean | null, print: string]>("keep-test-of-connection")`
  UPDATE connection
  SET tested_at = $2, test_ok = $3, tested = $4
  WHERE id = $1 AND state <> 'disconnected'`;

/** Of the stored settings, or of such as may be stored next: a no about something typed says nothing of what is stored. */
async function keep(
  road: Road,
  id: string,
  { findings, settings, before }: Record<"settings" | "before", Record<string, string>> & { findings: Finding[] },
): Promise<void> {
  const ok = findings.some((one) => one.ok === false) ? false : findings[0]?.ok || null;
  const print = printOf(road, id, settings);
  if (ok || print === printOf(road, id, before)) await road.db.query(KEEP, [id, road.clock(), ok, print]);
}
