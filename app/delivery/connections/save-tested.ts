// Saves a connection's form; where it is new, or a secret or the host changed, only after the vendor was asked whether they will do.
import type { Finding } from "../../destinations/destination.ts";
import { askWhoItIs, isUnsettled } from "../identity/same-shop.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { type Draft, isToBeTested } from "./drafts.ts";
import { lookAt, type Saved, writeLooked } from "./save-connection.ts";
import { ask, keepTest } from "./test-connection.ts";

export type SavedTested = Saved & {
  /** What the test found; null: there was none. */
  findings: Finding[] | null;
};

/** @param anyway without a test. @returns not ok and without errors: the test failed, and nothing is saved. */
export async function saveTested(road: Road, shop: string, draft: Draft, anyway: boolean): Promise<SavedTested> {
  const looked = await lookAt(road, shop, draft);
  const { sheet, settings, before, errors } = looked;
  if (Object.keys(errors).length > 0) return { ok: false, errors, findings: null };
  // Under another name the shop may have its connections and its ledger already: a second one would count anew.
  if (!draft.id && (await isUnsettled(road.db, shop))) {
    await askWhoItIs(road.db, shop);
    return { ok: false, errors: { form: because("shop_unsettled") }, findings: null };
  }
  const asks = !anyway && isToBeTested(sheet, before?.settings ?? {}, settings);
  const findings = asks ? await ask(road, shop, sheet, settings) : null;
  if (findings?.some(({ ok }) => ok === false)) return { ok: false, errors: {}, findings };
  const saved = await writeLooked(road, shop, draft, looked);
  if (saved.ok && findings) await keepTest(road, saved.id, findings, settings);
  return { ...saved, findings };
}
