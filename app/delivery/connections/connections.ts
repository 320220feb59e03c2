// The connections of a shop as the admin pages read them.
import { type Reason, reasonIn } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Destination } from "../../destinations/destination.ts";
import { because, PAUSED_BY_MERCHANT } from "../reasons.ts";
import type { Road } from "../road.ts";
import { CONNECTION, type StoredConnection, settingsOf } from "./open-connection.ts";
import { type Rules, readRules } from "./rules.ts";
import { lastOf } from "./secret-prints.ts";

export interface ConnectionView {
  id: string;
  destination: string;
  name: string;
  state: "on" | "paused" | "off" | "disconnected";
  /** Why it is paused. */
  reason: Reason | null;
  byMerchant: boolean;
  /** Never a secret. */
  settings: Record<string, string>;
  /** The secret fields that are stored: their last characters ("" of a short one), and when they were set (null: before that was kept). */
  secrets: Record<string, { last: string; setAt: string | null }>;
  rules: Rules;
  /** Channel → why it is paused. */
  pausedChannels: Record<string, Reason>;
  /** Channel → when it is tried again with one delivery. */
  channelTries: Record<string, string>;
  /** What the vendor warns of. */
  warning: Reason | null;
  createdAt: Date;
  /** Of its form: one that began with an older one is not saved. */
  version: number;
  /** By whom (a user of the shop's staff) and when it was saved last; null: not by a person. */
  saved: { by: string; at: string } | null;
  /** When its settings changed last. */
  settingsAt: Date;
  /** The last test of the settings that it has; null: they were not tested. */
  test: { at: string; ok: boolean | null } | null;
}

interface FormFacts {
  version: number;
  saved: ConnectionView["saved"];
  settingsAt: Date;
  tested: { at: string; ok: boolean | null; print: string } | null;
  secretsAt: Record<string, string> | null;
}
type Lane = Pick<ConnectionView, "channelTries" | "pausedChannels"> & { warning: string | null };
export type Row = StoredConnection & FormFacts & { lane: Lane | null };
const VIEW = `
  SELECT
    ${CONNECTION},
    (SELECT jsonb_build_object('pausedChannels', paused_channels, 'channelTries', channel_tries, 'warning', warning)
     FROM lane
     WHERE connection_id = connection.id) AS lane,
    version, settings_at AS "settingsAt",
    (SELECT jsonb_object_agg(field, set_at)
     FROM connection_secret
     WHERE connection_id = connection.id) AS "secretsAt",
    CASE WHEN saved_by IS NOT NULL THEN jsonb_build_object('by', saved_by, 'at', saved_at) END AS saved,
    CASE
      WHEN tested_at IS NOT NULL THEN jsonb_build_object('at', tested_at, 'ok', test_ok, 'print', tested)
    END AS tested
  FROM connection
  WHERE shop = $1 AND state <> 'disconnected'`;
const LIST = statement<Row, [shop: string]>("connections-of-shop")`${VIEW}
  ORDER BY created_at, id`;
const FIND = statement<Row, [shop: string, id: string]>("connection-of-shop")`${VIEW} AND id::text = $2`;

export async function listConnections(road: Road, shop: string): Promise<ConnectionView[]> {
  const rows = await road.db.query(LIST, [shop]);
  return rows.flatMap((row) => viewOf(road, row));
}

export async function getConnection(road: Road, shop: string, id: string): Promise<ConnectionView | null> {
  const row = await findConnection(road, shop, id);
  return row ? (viewOf(road, row)[0] ?? null) : null;
}

export async function findConnection(road: Road, shop: string, id: string): Promise<Row | null> {
  const [row] = await road.db.query(FIND, [shop, id]);
  return row ?? null;
}

/** As they are stored. */
export const connectionsTo = async (road: Road, shop: string, slug: string): Promise<Row[]> =>
  (await road.db.query(LIST, [shop])).filter(({ destination }) => destination === slug);

function viewOf(road: Road, row: Row): ConnectionView[] {
  const sheet = road.destinations.find(({ slug }) => slug === row.destination);
  if (!sheet) return [];
  const { all, fault } = readSettings(road, sheet, row);
  const names = Object.keys(sheet.fields);
  const { version, saved, settingsAt, tested } = row;
  const isOfThese = tested?.print === printOf(road, row.id, all);
  return [
    {
      id: row.id,
      destination: row.destination,
      name: row.name,
      state: row.state as ConnectionView["state"],
      reason: fault ?? row.reason,
      byMerchant: fault === null && (row.reason === null || row.reason.code === PAUSED_BY_MERCHANT),
      settings: Object.fromEntries(
        names.filter((name) => !sheet.fields[name]?.secret).map((name) => [name, all[name] ?? ""]),
      ),
      secrets: Object.fromEntries(
        names
          .filter((name) => sheet.fields[name]?.secret && all[name])
          .map((name) => [name, { last: lastOf(all[name] ?? ""), setAt: row.secretsAt?.[name] ?? null }]),
      ),
      rules: readRules(row.rules),
      pausedChannels: row.lane?.pausedChannels ?? {},
      channelTries: row.lane?.channelTries ?? {},
      warning: row.lane?.warning ? reasonIn(row.lane.warning) : null,
      createdAt: row.createdAt,
      ...{ version, saved, settingsAt },
      test: tested && isOfThese ? { at: tested.at, ok: tested.ok } : null,
    },
  ];
}

/** By it settings are known again; it does not give them away. */
export const printOf = (road: Road, id: string, settings: Record<string, string>): string =>
  road.keys.pseudonym(`tested:${id}:${JSON.stringify(Object.entries(settings).sort())}`);

/** One connection whose key is gone is told as its own trouble; the others are shown. */
export function readSettings(
  road: Road,
  sheet: Destination,
  row: StoredConnection,
): { all: Record<string, string>; fault: Reason | null } {
  try {
    return { all: settingsOf(road, sheet, row), fault: null };
  } catch {
    return { all: row.settings, fault: because("credentials_closed") };
  }
}
