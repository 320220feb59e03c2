// "Test connection": asks the vendor, by reading only.

import { statement } from "../../base/statement.ts";
import { SaidNo } from "../../destinations/answer.ts";
import type { Destination, Finding, Http } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { because as common } from "../../destinations/reasons.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { findConnection, printOf, readSettings } from "./connections.ts";
import { check, type Draft, merge, secretsLedAway } from "./drafts.ts";
import { opened, sheetNamed } from "./open-connection.ts";

/** A person waits: after so long nothing more is asked. What was asked before may take its ten seconds. */
const PATIENCE_MS = 10_000;

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
  const findings = await ask(road, shop, sheet, settings);
  // A no about something typed says nothing of what is stored; a yes holds, should it be stored next.
  const isStored = stored && printOf(road, stored.id, settings) === printOf(road, stored.id, before);
  if (stored && (isStored || verdictOf(findings))) await keepTest(road, stored.id, findings, settings);
  return findings;
}

/** @param settings right by `check`. */
export async function ask(
  road: Road,
  shop: string,
  sheet: Destination,
  settings: Record<string, string>,
): Promise<Finding[]> {
  const row = { id: "", shop, state: "off", account: sheet.account(settings), rules: {} };
  const { pacedHttp } = opened(road, sheet, row, settings);
  const until = road.timer.elapsed() + PATIENCE_MS;
  const http: Http = async (request) => {
    if (road.timer.elapsed() >= until)
      throw new AnswerLost(common("no_answer_within", { seconds: `${PATIENCE_MS / 1000}` }));
    return pacedHttp(request);
  };
  try {
    return await sheet.check(settings, http);
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo)
      return [
        {
          ok: false,
          says: because("not_asked", { vendor: sheet.name, words: error.why }),
        },
      ];
    throw error;
  }
}

const KEEP = statement<never, [id: string, now: Date, ok: boolean | null, print: string]>("keep-test-of-connection")`
  UPDATE connection
  SET tested_at = $2, test_ok = $3, tested = $4
  WHERE id = $1 AND state <> 'disconnected'`;

/** false: something was wrong; null: nothing was, but reading alone does not tell. */
const verdictOf = (findings: Finding[]): boolean | null =>
  findings.some(({ ok }) => ok === false) ? false : findings[0]?.ok || null;

/** With the settings that it was a test of. */
export async function keepTest(
  road: Road,
  id: string,
  findings: Finding[],
  settings: Record<string, string>,
): Promise<void> {
  await road.db.query(KEEP, [id, road.clock(), verdictOf(findings), printOf(road, id, settings)]);
}
