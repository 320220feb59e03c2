// A connection made ready for use: its data sheet, its opened credentials, and its ways out to the vendor.

import { createHash } from "node:crypto";
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Budget, Destination, Http } from "../../destinations/destination.ts";
import { NothingSent, openHttp, type Way } from "../../destinations/http.ts";
import { because } from "../../destinations/reasons.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { hostFor } from "./host.ts";
import { reserve } from "./pacing.ts";
import { type Rules, readRules } from "./rules.ts";

export interface OpenConnection {
  id: string;
  shop: string;
  state: string;
  sheet: Destination;
  account: string;
  settings: Record<string, string>;
  rules: Rules;
  /** The sandbox: every visitor consents. */
  consentGiven: boolean;
  /** Its limits and its health are kept by it. */
  host: string;
  budgets: Budget[];
  /** What the vendor counts its budgets by. */
  budgetKey: string;
  /** For the lane, which spends from the budget by itself. */
  http: Way;
  /** For all else: waits for the budget's slot, a little. */
  pacedHttp: Http;
}

export interface StoredConnection {
  id: string;
  shop: string;
  destination: string;
  name: string;
  state: string;
  reason: Reason | null;
  settings: Record<string, string>;
  secrets: string | null;
  account: string;
  rules: unknown;
  createdAt: Date;
}

/** SQL: the columns of a StoredConnection. */
export const CONNECTION = `id, shop, destination, name, state, ${sqlReason("connection")} AS reason, settings, secrets,
    account, rules, created_at AS "createdAt"`;
const OPEN = statement<StoredConnection, [id: string]>("open-connection")`
  SELECT ${CONNECTION}
  FROM connection
  WHERE id = $1`;

const LONGEST_WAIT = 5_000;

/** @param sql the transaction's, within one. @returns null where there is none, it is disconnected, or this version of the app does not know its destination. */
export async function openConnection(road: Road, id: string, sql: Sql = road.db): Promise<OpenConnection | null> {
  const [row] = await sql.query(OPEN, [id]);
  const sheet = road.destinations.find(({ slug }) => slug === row?.destination);
  if (!row || !sheet || row.state === "disconnected") return null;
  return opened(road, sheet, row, settingsOf(road, sheet, row));
}

/** All settings as text: the data sheet's defaults, what is stored, and the opened secrets. */
export function settingsOf(road: Road, sheet: Destination, row: StoredConnection | null): Record<string, string> {
  const secrets = row?.secrets
    ? (JSON.parse(road.keys.open(row.secrets, sealContext(row.shop, row.id))) as Record<string, string>)
    : {};
  const stored: Record<string, string> = { ...row?.settings, ...secrets };
  return Object.fromEntries(
    Object.entries(sheet.fields).map(([name, field]) => [name, stored[name] ?? field.default ?? ""]),
  );
}

/** A sealed record opens only in its own place. */
export const sealContext = (shop: string, connectionId: string) => `connection:${shop}:${connectionId}`;

/** The ways out for settings that need not be stored yet: also what "Test connection" uses. */
export function opened(
  road: Road,
  sheet: Destination,
  row: Pick<StoredConnection, "id" | "shop" | "state" | "account" | "rules">,
  settings: Record<string, string>,
): OpenConnection {
  const headers = sheet.headers(settings);
  const budgets = road.sandbox && !road.sandbox.budgets ? [] : sheet.budgets;
  const budgetKey = createHash("sha256").update(JSON.stringify(headers)).digest("base64url");
  const baseUrl = road.sandbox ? `${road.sandbox.vendorsUrl}/${sheet.slug}` : sheet.baseUrl(settings);
  const host = hostFor(road, sheet, settings);
  const http = openHttp({ baseUrl, headers, fetch: road.fetch });
  const pacedHttp: Http = async (request) => {
    const now = road.clock();
    const latest = new Date(now.getTime() + LONGEST_WAIT);
    const { slots, at } = await reserve(road, host, budgets, budgetKey, now, { latest });
    if (slots === 0) throw new NothingSent(because("limit_used_up", { vendor: sheet.name }));
    const wait = at.getTime() - now.getTime();
    if (wait > 0) await road.timer.sleep(wait);
    return http(request);
  };
  const { id, shop, state, account } = row;
  return {
    id,
    shop,
    state,
    sheet,
    account,
    settings,
    rules: readRules(row.rules),
    consentGiven: road.sandbox !== null,
    host,
    budgets,
    budgetKey,
    http,
    pacedHttp,
  };
}

/** @throws where this version of the app has no such destination. */
export function sheetNamed(road: Road, slug: string): Destination {
  const sheet = road.destinations.find((destination) => destination.slug === slug);
  if (!sheet) throw new Error(`there is no destination "${slug}"`);
  return sheet;
}
