// Makes or changes a connection.

import { randomUUID } from "node:crypto";
import type { Sql } from "../../base/database.ts";
import { statement, type ValuesOf } from "../../base/statement.ts";
import type { Destination } from "../../destinations/destination.ts";
import { NO_REASON, PAUSED_BY_MERCHANT, sqlSetCode } from "../reasons.ts";
import type { Road } from "../road.ts";
import { NOT_SENT } from "../states.ts";
import { findConnection, readSettings } from "./connections.ts";
import { check, checkRules, type Draft, merge, secretsLedAway } from "./drafts.ts";
import { secretsOfOthers } from "./equal-secret.ts";
import { sealContext, sheetNamed } from "./open-connection.ts";
import { type Rules, readRules } from "./rules.ts";
import { resume, skipOwed } from "./switch-connection.ts";

export type Saved = { ok: true; id: string } | { ok: false; errors: Record<string, string> };

const GONE = "This connection does not exist any more.";
const STALE = "These settings were saved by somebody else meanwhile.";

/** Makes or changes a connection. A pause that we made ends with it: the merchant has mended something. */
export async function saveConnection(road: Road, shop: string, draft: Draft): Promise<Saved> {
  const sheet = sheetNamed(road, draft.destination);
  const stored = draft.id ? await findConnection(road, shop, draft.id) : null;
  if (draft.id && !stored) return { ok: false, errors: { form: GONE } };
  const before = stored ? readSettings(road, sheet, stored).all : {};
  const settings = merge(sheet, before, draft.settings);
  if (stored && draft.version !== undefined && draft.version !== stored.version)
    return { ok: false, errors: { stale: STALE } };
  const rules = rulesAfter(sheet, stored ? readRules(stored.rules) : null, draft.rules, road.clock());
  const errors = {
    ...secretsLedAway(sheet, before, draft.settings, settings),
    ...check(sheet, settings),
    ...checkRules(sheet, rules),
    ...(await secretsOfOthers(road, shop, sheet, { id: draft.id, before, settings })),
  };
  const account = Object.keys(errors).length === 0 ? sheet.account(settings) : "";
  const name = draft.name.trim() || sheet.name;
  const clash = await clashOf(road, shop, sheet, { id: draft.id ?? "", account, name });
  if (clash) errors.form = clash;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const id = draft.id ?? randomUUID();
  const moved = !stored || JSON.stringify(before) !== JSON.stringify(settings);
  const { version = null, by = null } = draft;
  const written = await write(road, { id, shop, sheet, account, settings, rules, name, moved, version, by });
  if (!written) return { ok: false, errors: stored && version !== null ? { stale: STALE } : { form: GONE } };
  await road.bell.lanes([{ connectionId: id, destination: sheet.slug }]);
  return { ok: true, id };
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
) {
  const [other] = await road.db.query(CLASH, [shop, sheet.slug, own.account, own.name, own.id]);
  if (!other) return null;
  if (other.account === own.account) return `The connection “${other.name}” already delivers to this account.`;
  return `Another connection to ${sheet.name} is called “${own.name}”. Give this one a name of its own.`;
}

/** A new purchase rule holds for orders placed from now on; a vendor's own app, once said to be active, switches off what overlaps. */
function rulesAfter(sheet: Destination, before: Rules | null, given: Partial<Rules>, now: Date): Rules {
  const rules = readRules({
    ...(before ?? (sheet.unknownConsent === "send" ? { unknownConsent: "send" } : {})),
    ...given,
  });
  if (before && before.purchaseWhen !== rules.purchaseWhen) rules.purchaseWhenSince = now.toISOString();
  if (rules.ownApp && !before?.ownApp)
    rules.kindsOff = [...new Set([...rules.kindsOff, ...(sheet.ownApp?.overlaps ?? [])])];
  return rules;
}

interface Change {
  id: string;
  shop: string;
  sheet: Destination;
  account: string;
  name: string;
  settings: Record<string, string>;
  rules: Rules;
  /** The settings are others than before. */
  moved: boolean;
  version: number | null;
  by: string | null;
}

const SAVE = statement<
  { id: string },
  [
    id: string,
    shop: string,
    destination: string,
    name: string,
    settings: Record<string, string>,
    secrets: string,
    account: string,
    rules: Rules,
    now: Date,
    moved: boolean,
    by: string | null,
  ]
>("save-connection")`
  INSERT INTO connection (id, shop, destination, name, settings, secrets, account, rules, created_at, changed_at,
    settings_at, saved_by, saved_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $11, CASE WHEN $11::text IS NOT NULL THEN $9::timestamptz END)
  ON CONFLICT (id) DO UPDATE
    SET name = $4, settings = $5, secrets = $6, account = $7, rules = $8, changed_at = $9, ${NO_REASON},
      version = connection.version + 1, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
      settings_at = CASE WHEN $10 THEN $9 ELSE connection.settings_at END,
      state = CASE
        WHEN connection.state = 'paused' AND connection.reason_code <> '${PAUSED_BY_MERCHANT}' THEN 'on'
        ELSE connection.state
      END,
      created_at = CASE WHEN connection.account = $7 THEN connection.created_at ELSE $9 END
    WHERE connection.state <> 'disconnected'
  RETURNING id`;
const MAKE_LANE = statement<never, [id: string, shop: string, destination: string]>("make-lane")`
  INSERT INTO lane (connection_id, shop, destination)
  VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING`;
const SKIP_KIND = statement<never, [id: string, kind: string, now: Date]>("skip-kind-switched-off")`
  UPDATE delivery
  SET state = ${NOT_SENT}, ${sqlSetCode("kind_switched_off")}, settled_at = $3
  WHERE connection_id = $1 AND kind = $2 AND state = 'due'`;

/** @returns false where it was disconnected, or saved by somebody else, meanwhile. */
async function write(road: Road, change: Change): Promise<boolean> {
  const { id, shop, sheet, account, name, rules, moved, version, by } = change;
  const pick = (secret: boolean) =>
    Object.fromEntries(
      Object.entries(change.settings).filter(
        ([field, value]) => value && Boolean(sheet.fields[field]?.secret) === secret,
      ),
    );
  const now = road.clock();
  const sealed = road.keys.seal(JSON.stringify(pick(true)), sealContext(shop, id));
  return road.db.transaction(async (sql) => {
    const values: ValuesOf<typeof SAVE> = [
      ...([id, shop, sheet.slug, name, pick(false), sealed, account, rules, now] as const),
      ...([moved, by] as const),
    ];
    const [was] = await sql.query(HOLD, [id]);
    if (was && version !== null && was.version !== version) return false;
    if (was && was.account !== account) await leaveAccount(sql, id, now);
    const rows = await sql.query(SAVE, values);
    if (rows.length === 0) return false;
    await sql.query(MAKE_LANE, [id, shop, sheet.slug]);
    await resume(sql, id, now);
    for (const kind of rules.kindsOff) await sql.query(SKIP_KIND, [id, kind, now]);
    return true;
  });
}

const HOLD = statement<{ account: string; version: number }, [id: string]>("hold-connection-to-save")`
  SELECT account, version
  FROM connection
  WHERE id = $1
  FOR UPDATE`;
const FORGET_STATES = statement<never, [id: string]>("forget-high-water")`
  DELETE FROM high_water
  WHERE connection_id = $1`;
const FORGET_DECLARED = statement<never, [id: string]>("forget-declared")`
  UPDATE lane
  SET declared = '{}'
  WHERE connection_id = $1`;

/** Another account knows nothing yet, and is owed only what happens from now on: what the one before was owed is not its. */
async function leaveAccount(sql: Sql, id: string, now: Date): Promise<void> {
  await skipOwed(sql, id, "account_before", now);
  await sql.query(FORGET_STATES, [id]);
  await sql.query(FORGET_DECLARED, [id]);
}
