// The connections of a shop: what the admin pages read of them, and what a merchant does to them.
import { randomUUID } from "node:crypto";
import type { Sql } from "../db.server.ts";
import { SaidNo } from "../destinations/answer.ts";
import type { Destination, Finding } from "../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../destinations/http.ts";
import { CONNECTION, opened, type StoredConnection, sealContext, settingsOf, sheetNamed } from "./open-connection.ts";
import type { Road } from "./road.ts";
import { type Rules, readRules } from "./rules.ts";

export interface ConnectionView {
  id: string;
  destination: string;
  name: string;
  state: "on" | "paused" | "off" | "disconnected";
  /** Why it is paused, where it was paused by us. */
  reason: string | null;
  /** Never a secret. */
  settings: Record<string, string>;
  /** Names of the secret fields that are stored. */
  secretsSet: string[];
  rules: Rules;
  /** Channel → why it is paused. */
  pausedChannels: Record<string, string>;
  createdAt: Date;
}

export interface Draft {
  /** null: a new connection. */
  id: string | null;
  destination: string;
  name: string;
  /** An empty secret keeps the stored one. */
  settings: Record<string, string>;
  rules: Partial<Rules>;
}
export type Saved = { ok: true; id: string } | { ok: false; errors: Record<string, string> };

type Row = StoredConnection & { pausedChannels: Record<string, string> | null };
const VIEW = `SELECT ${CONNECTION}, (SELECT paused_channels FROM lane WHERE connection_id = connection.id) AS "pausedChannels"
  FROM connection WHERE shop = $1 AND state <> 'disconnected'`;

export async function listConnections(road: Road, shop: string): Promise<ConnectionView[]> {
  const rows = await road.db.query<Row>(`${VIEW} ORDER BY created_at, id`, [shop]);
  return rows.flatMap((row) => viewOf(road, row));
}

export async function getConnection(road: Road, shop: string, id: string): Promise<ConnectionView | null> {
  const row = await find(road, shop, id);
  return row ? (viewOf(road, row)[0] ?? null) : null;
}

/** Makes or changes a connection. A pause that we made ends with it: the merchant has mended something. */
export async function saveConnection(road: Road, shop: string, draft: Draft): Promise<Saved> {
  const sheet = sheetNamed(road, draft.destination);
  const stored = draft.id ? await find(road, shop, draft.id) : null;
  if (draft.id && !stored) return { ok: false, errors: { form: "This connection does not exist any more." } };
  const settings = merge(sheet, stored ? settingsOf(road, sheet, stored) : {}, draft.settings);
  const errors = check(sheet, settings);
  const account = Object.keys(errors).length === 0 ? sheet.account(settings) : "";
  const twin = await road.db.query<{ name: string }>(
    "SELECT name FROM connection WHERE shop = $1 AND destination = $2 AND account = $3 AND state <> 'disconnected' AND id::text <> $4",
    [shop, sheet.slug, account, draft.id ?? ""],
  );
  if (account && twin[0]) errors.form = `The connection “${twin[0].name}” already delivers to this account.`;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const id = draft.id ?? randomUUID();
  const rules = rulesAfter(sheet, stored ? readRules(stored.rules) : null, draft.rules, road.clock());
  await write(road, { id, shop, sheet, account, settings, rules, name: draft.name.trim() || sheet.name });
  await road.bell.lanes([{ connectionId: id, destination: sheet.slug }]);
  return { ok: true, id };
}

/** Asks the vendor, by reading only, whether these settings will do. */
export async function testConnection(
  road: Road,
  shop: string,
  draft: Pick<Draft, "id" | "destination" | "settings">,
): Promise<Finding[]> {
  const sheet = sheetNamed(road, draft.destination);
  const stored = draft.id ? await find(road, shop, draft.id) : null;
  const settings = merge(sheet, stored ? settingsOf(road, sheet, stored) : {}, draft.settings);
  const errors = check(sheet, settings);
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

/** on: what waits goes now. off: new events make no deliveries, and what is owed is skipped. */
export async function switchConnection(
  road: Road,
  shop: string,
  id: string,
  state: "on" | "paused" | "off",
): Promise<void> {
  const now = road.clock();
  const destination = await road.db.transaction(async (sql) => {
    const [row] = await sql.query<{ destination: string }>(
      "UPDATE connection SET state = $3, reason = $4, changed_at = $5 WHERE shop = $1 AND id = $2 AND state <> 'disconnected' RETURNING destination",
      [shop, id, state, state === "paused" ? "paused by the merchant" : null, now],
    );
    if (row && state === "on") await resume(sql, id, now);
    if (row && state === "off") await skipOwed(sql, id, "switched off", now);
    return row?.destination;
  });
  if (destination && state === "on") await road.bell.lanes([{ connectionId: id, destination }]);
}

/** Off, and the credentials are gone; the ledger's keys stay. */
export async function disconnectConnection(road: Road, shop: string, id: string): Promise<void> {
  const now = road.clock();
  await road.db.transaction(async (sql) => {
    const rows = await sql.query(
      "UPDATE connection SET state = 'disconnected', reason = NULL, secrets = NULL, settings = '{}', changed_at = $3 WHERE shop = $1 AND id = $2 RETURNING 1",
      [shop, id, now],
    );
    if (rows.length > 0) await skipOwed(sql, id, "disconnected", now);
  });
}

export async function skipOwed(sql: Sql, connectionId: string, reason: string, now: Date): Promise<void> {
  await sql.query(
    "UPDATE delivery SET state = 'skipped', reason = $2, settled_at = $3 WHERE connection_id = $1 AND state = 'due'",
    [connectionId, reason, now],
  );
}

async function resume(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query("UPDATE lane SET paused_channels = '{}', failures = 0, wake_at = NULL WHERE connection_id = $1", [
    id,
  ]);
  await sql.query("UPDATE delivery SET due_at = $2 WHERE connection_id = $1 AND state = 'due' AND due_at > $2", [
    id,
    now,
  ]);
}

async function find(road: Road, shop: string, id: string): Promise<Row | null> {
  const [row] = await road.db.query<Row>(`${VIEW} AND id::text = $2`, [shop, id]);
  return row ?? null;
}

function viewOf(road: Road, row: Row): ConnectionView[] {
  const sheet = road.destinations.find(({ slug }) => slug === row.destination);
  if (!sheet) return [];
  const all = settingsOf(road, sheet, row);
  const names = Object.keys(sheet.fields);
  return [
    {
      id: row.id,
      destination: row.destination,
      name: row.name,
      state: row.state as ConnectionView["state"],
      reason: row.reason,
      settings: Object.fromEntries(
        names.filter((name) => !sheet.fields[name]?.secret).map((name) => [name, all[name] ?? ""]),
      ),
      secretsSet: names.filter((name) => sheet.fields[name]?.secret && all[name]),
      rules: readRules(row.rules),
      pausedChannels: row.pausedChannels ?? {},
      createdAt: row.createdAt,
    },
  ];
}

function merge(
  sheet: Destination,
  stored: Record<string, string>,
  given: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sheet.fields).map(([name, field]) => {
      const typed = given[name]?.trim();
      const kept = field.secret && !typed ? (stored[name] ?? "") : (typed ?? stored[name] ?? "");
      return [name, kept || field.default || ""];
    }),
  );
}

function check(sheet: Destination, settings: Record<string, string>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, field] of Object.entries(sheet.fields)) {
    const value = settings[name] ?? "";
    if (!value && !field.optional) errors[name] = `${field.label} is missing.`;
    else if (value && field.choices && !(value in field.choices))
      errors[name] = `${field.label} must be one of ${Object.values(field.choices).join(", ")}.`;
    else if (value && field.pattern && !field.pattern.matches.test(value)) errors[name] = field.pattern.says;
  }
  return errors;
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
}

async function write(road: Road, change: Change): Promise<void> {
  const { id, shop, sheet, account, name, rules } = change;
  const pick = (secret: boolean) =>
    Object.fromEntries(
      Object.entries(change.settings).filter(
        ([field, value]) => value && Boolean(sheet.fields[field]?.secret) === secret,
      ),
    );
  const now = road.clock();
  const sealed = road.keys.seal(JSON.stringify(pick(true)), sealContext(shop, id));
  await road.db.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO connection (id, shop, destination, name, settings, secrets, account, rules, created_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       ON CONFLICT (id) DO UPDATE SET name = $4, settings = $5, secrets = $6, account = $7, rules = $8, changed_at = $9, reason = NULL,
         state = CASE WHEN connection.state = 'paused' AND connection.reason <> 'paused by the merchant' THEN 'on' ELSE connection.state END`,
      [id, shop, sheet.slug, name, pick(false), sealed, account, rules, now],
    );
    await sql.query("INSERT INTO lane (connection_id, shop, destination) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
      id,
      shop,
      sheet.slug,
    ]);
    await resume(sql, id, now);
    for (const kind of rules.kindsOff) {
      await sql.query(
        "UPDATE delivery SET state = 'skipped', reason = 'this kind of event is switched off', settled_at = $3 WHERE connection_id = $1 AND kind = $2 AND state = 'due'",
        [id, kind, now],
      );
    }
  });
}
