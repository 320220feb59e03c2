// Makes or changes a connection.

import { randomUUID } from "node:crypto";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Destination } from "../../destinations/destination.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { findConnection, readSettings } from "./connections.ts";
import { check, checkName, checkRules, type Draft, type FormErrors, merge, secretsLedAway } from "./drafts.ts";
import { newSecrets, secretsOfOthers } from "./equal-secret.ts";
import { sheetNamed } from "./open-connection.ts";
import { readRules } from "./rules.ts";
import { rulesAfter } from "./rules-after.ts";
import { isEqualSecret } from "./secret-prints.ts";
import { type Change, writeConnection } from "./write-connection.ts";

export type Saved = { ok: true; id: string } | { ok: false; errors: FormErrors };

/** What is typed, put together with what is stored, and what is wrong with it. */
export interface Looked extends Pick<Change, "sheet" | "name" | "settings" | "rules" | "before"> {
  errors: FormErrors;
}

/** Asks nobody but the database, and writes nothing. */
export async function lookAt(road: Road, shop: string, draft: Draft): Promise<Looked> {
  const sheet = sheetNamed(road, draft.destination);
  const stored = draft.id ? await findConnection(road, shop, draft.id) : null;
  const before = stored && {
    name: stored.name,
    settings: readSettings(road, sheet, stored).all,
    rules: readRules(stored.rules),
  };
  const was = before?.settings ?? {};
  const settings = merge(sheet, was, draft.settings);
  const name = draft.name.trim() || sheet.name;
  const rules = rulesAfter(sheet, before?.rules ?? null, draft.rules, road.clock());
  const looked = { sheet, name, settings, rules, before };
  if (draft.id && !stored) return { ...looked, errors: { form: because("form_gone") } };
  if (stored && draft.version !== undefined && draft.version !== stored.version)
    return { ...looked, errors: { stale: because("form_stale") } };
  const errors: FormErrors = {
    ...secretsLedAway(sheet, was, draft.settings, settings),
    ...check(sheet, settings),
    ...checkName(name),
    ...checkRules(sheet, rules),
    ...(await secretsOfOthers(road, shop, sheet, { id: draft.id, before: was, settings })),
  };
  const account = Object.keys(errors).length === 0 ? sheet.account(settings) : "";
  const clash = await clashOf(road, shop, sheet, { id: draft.id ?? "", account, name });
  return { ...looked, errors: clash ? { ...errors, form: clash } : errors };
}

/** Makes or changes a connection. A pause that we made ends with it: the merchant has mended something. */
export async function saveConnection(road: Road, shop: string, draft: Draft): Promise<Saved> {
  return writeLooked(road, shop, draft, await lookAt(road, shop, draft));
}

export async function writeLooked(road: Road, shop: string, draft: Draft, looked: Looked): Promise<Saved> {
  const { errors, ...form } = looked;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { sheet, settings, before } = form;
  const id = draft.id ?? randomUUID();
  const { version = null, by = null } = draft;
  const change = { ...form, id, shop, account: sheet.account(settings), version, by };
  try {
    const written = await writeConnection(road, change);
    if (!written)
      return {
        ok: false,
        errors: before && version !== null ? { stale: because("form_stale") } : { form: because("form_gone") },
      };
  } catch (error) {
    if (!isEqualSecret(error)) throw error;
    return { ok: false, errors: await takenMeanwhile(road, shop, draft.id, looked) };
  }
  await road.bell.lanes([{ connectionId: id, destination: sheet.slug }]);
  return { ok: true, id };
}

/** Somebody saved the same secret for another connection in this very moment. */
async function takenMeanwhile(road: Road, shop: string, id: string | null, looked: Looked): Promise<FormErrors> {
  const { sheet, settings } = looked;
  const before = looked.before?.settings ?? {};
  const found = await secretsOfOthers(road, shop, sheet, { id, before, settings });
  if (Object.keys(found).length > 0) return found;
  return Object.fromEntries(
    newSecrets(sheet, { before, settings }).map((name) => [name, because("secret_of_another")]),
  );
}

const CLASH = statement<
  { name: string; account: string },
  [shop: string, destination: string, account: string, name: string, own: string]
>("clashing-connection")`
  SELECT name, account
  FROM connection
  WHERE shop = $1 AND destination = $2 AND (account = $3 OR name = $4) AND state <> 'disconnected' AND id::text <> $5
  ORDER BY account = $3 DESC`;

/** Two connections with one account would be one ledger; two with one name nobody could tell apart. */
async function clashOf(
  road: Road,
  shop: string,
  sheet: Destination,
  own: { id: string; account: string; name: string },
): Promise<Reason | null> {
  const [other] = await road.db.query(CLASH, [shop, sheet.slug, own.account, own.name, own.id]);
  if (!other) return null;
  if (other.account === own.account) return because("account_of_other", { name: other.name });
  return because("name_of_other", { vendor: sheet.name, name: own.name });
}
