// Writes a connection as its form says, with its lane, its secrets and the record of what changed, in one transaction.

import type { Sql } from "../../base/database.ts";
import { statement, type ValuesOf } from "../../base/statement.ts";
import type { Destination } from "../../destinations/destination.ts";
import { PAUSED_BY_MERCHANT, sqlSetCode } from "../reasons.ts";
import type { Road } from "../road.ts";
import { NOT_SENT } from "../states.ts";
import { sealContext } from "./open-connection.ts";
import { changesBetween, noteChange } from "./record.ts";
import type { Rules } from "./rules.ts";
import { keepSecrets } from "./secret-prints.ts";
import { resume, skipOwed } from "./switch-connection.ts";

export interface Change {
  id: string;
  shop: string;
  sheet: Destination;
  account: string;
  name: string;
  settings: Record<string, string>;
  rules: Rules;
  /** null: a new one. */
  before: { name: string; settings: Record<string, string>; rules: Rules } | null;
  /** With which the form began; null: with whatever is stored. */
  version: number | null;
  by: string | null;
}

// A pause of the merchant's own outlasts a change of settings, with its reason.
const STAYS_PAUSED = `connection.state = 'paused' AND connection.reason_code = '${PAUSED_BY_MERCHANT}'`;
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
    SET name = $4, settings = $5, secrets = $6, account = $7, rules = $8, changed_at = $9,
      version = connection.version + 1, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
      settings_at = CASE WHEN $10 THEN $9 ELSE connection.settings_at END,
      reason_code = CASE WHEN ${STAYS_PAUSED} THEN connection.reason_code END,
      reason_values = CASE WHEN ${STAYS_PAUSED} THEN connection.reason_values END,
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

/** @returns false where it was disconnected, or saved by somebody else, meanwhile. @throws where another one has the secret; see isEqualSecret */
export async function writeConnection(road: Road, change: Change): Promise<boolean> {
  const { id, shop, sheet, account, name, rules, before, version, by, settings } = change;
  const now = road.clock();
  const sealed = road.keys.seal(JSON.stringify(picked(change, true)), sealContext(shop, id));
  const moved = !before || JSON.stringify(before.settings) !== JSON.stringify(settings);
  return road.db.transaction(async (sql) => {
    const values: ValuesOf<typeof SAVE> = [
      ...([id, shop, sheet.slug, name, picked(change, false), sealed, account, rules, now] as const),
      ...([moved, by] as const),
    ];
    const [was] = await sql.query(HOLD, [id]);
    if (was && version !== null && was.version !== version) return false;
    if (was && was.account !== account) await leaveAccount(sql, id, now);
    const rows = await sql.query(SAVE, values);
    if (rows.length === 0) return false;
    await keepSecrets(sql, road.keys, sheet, { id, shop, before: before?.settings ?? {}, settings, now });
    await noteChange(sql, { shop, id, now, by }, changesBetween(sheet, before, { name, settings, rules }));
    await sql.query(MAKE_LANE, [id, shop, sheet.slug]);
    await resume(sql, id, now);
    for (const kind of rules.kindsOff) await sql.query(SKIP_KIND, [id, kind, now]);
    return true;
  });
}

const picked = ({ settings, sheet }: Change, secret: boolean) =>
  Object.fromEntries(
    Object.entries(settings).filter(([field, value]) => value && Boolean(sheet.fields[field]?.secret) === secret),
  );

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
