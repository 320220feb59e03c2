// "Test connection": asks the vendor, by reading only.
import { SaidNo } from "../../destinations/answer.ts";
import type { Finding } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import type { Road } from "../road.ts";
import { findConnection, readSettings } from "./connections.ts";
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
  try {
    return await sheet.check(settings, opened(road, sheet, row, settings).pacedHttp);
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo)
      return [{ ok: false, says: `${sheet.name} could not be asked. ${error.message}.` }];
    throw error;
  }
}
