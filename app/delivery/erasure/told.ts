// Asks the vendors to erase a person by the ids that they were told, and says what became of it at each.

import type { Sql } from "../../base/database.ts";
import { mapTexts, type Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Outcome } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { sqlKeys } from "../../events/keys.ts";
import { openConnection } from "../connections/open-connection.ts";
import { redactorOf } from "../connections/redact.ts";
import type { Road } from "../road.ts";
import { saidBy } from "../said.ts";
import { type Person, subjectsOf } from "./person.ts";

/** What became of it at one connection. */
export interface Forgotten {
  destination: string;
  connectionId: string;
  connectionName: string;
  is: "done" | "no such call" | "failed" | "not connected";
  /** Why it failed; a text in an erasure from before. */
  reason: Reason | string | null;
}

/** Connection → the ids by which its vendor knows the person. */
export type Told = Record<string, string[]>;

const IDS = statement<{ connectionId: string; ids: string[] }, [shop: string, subjects: string[], ids: string[]]>(
  "ids-told-to-vendors",
)`
  SELECT d.connection_id AS "connectionId", array_agg(DISTINCT d.user_id ORDER BY d.user_id) AS ids
  FROM event e
  JOIN delivery d ON d.event_id = e.id
  WHERE e.shop = $1 AND e.subject = ANY ($2) AND d.user_id IS NOT NULL
    AND (NOT ${sqlKeys.isAbout("visitor", "e.subject")} OR d.user_id = ANY ($3))
  GROUP BY 1`;

/** On a shared device others were told too: those are not this person's. */
export async function idsToldOf(sql: Sql, shop: string, person: Person): Promise<Told> {
  const rows = await sql.query(IDS, [
    shop,
    subjectsOf({ ...person, elsewhere: [] }),
    [...person.customers, ...person.visitors],
  ]);
  return Object.fromEntries(rows.map(({ connectionId, ids }) => [connectionId, ids]));
}

export const together = (one: Told, other: Told): Told =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((id) => [
      id,
      [...new Set([...(one[id] ?? []), ...(other[id] ?? [])])],
    ]),
  );

interface Known {
  id: string;
  destination: string;
  name: string;
  isOver: boolean;
}

const CONNECTIONS = statement<Known, [shop: string, told: string[]]>("connections-to-erase-at")`
  SELECT id, destination, name, state = 'disconnected' AS "isOver"
  FROM connection
  WHERE shop = $1 AND (state <> 'disconnected' OR id::text = ANY ($2))
  ORDER BY created_at, id`;

export async function forgetAtVendors(road: Road, shop: string, customers: string[], told: Told): Promise<Forgotten[]> {
  const connections = await road.db.query(CONNECTIONS, [shop, Object.keys(told)]);
  return Promise.all(
    connections.map((connection) =>
      forgetAt(road, connection, [...new Set([...customers, ...(told[connection.id] ?? [])])]),
    ),
  );
}

/** Only where they failed before. @returns all of them, as they are now. */
export async function forgetAgain(road: Road, shop: string, before: Forgotten[], told: Told): Promise<Forgotten[]> {
  const failed = before.filter(({ is }) => is === "failed").map(({ connectionId }) => connectionId);
  const connections = await road.db.query(CONNECTIONS, [shop, failed]);
  const asked = await Promise.all(
    connections
      .filter(({ id }) => failed.includes(id))
      .map((connection) => forgetAt(road, connection, told[connection.id] ?? [])),
  );
  return before.map((one) => asked.find(({ connectionId }) => connectionId === one.connectionId) ?? one);
}

async function forgetAt(road: Road, { id, destination, name, isOver }: Known, userIds: string[]): Promise<Forgotten> {
  const about = { destination, connectionId: id, connectionName: name, reason: null };
  if (isOver) return { ...about, is: road.destinations.some(hasCall(destination)) ? "not connected" : "no such call" };
  const connection = await openConnection(road, id);
  if (!connection?.sheet.forget) return { ...about, is: "no such call" };
  // A guest of whom the vendor was told no id is not known there.
  if (userIds.length === 0) return { ...about, is: "done" };
  const outcome = await outcomeOf(connection.sheet.forget(userIds, connection.settings, connection.pacedHttp));
  if (outcome.is === "delivered") return { ...about, is: "done" };
  return {
    ...about,
    is: "failed",
    reason: mapTexts(saidBy(connection.sheet.name, outcome), redactorOf(connection, [])),
  };
}

/** Its credentials are erased: nobody can ask it any more. */
const hasCall = (slug: string) => (sheet: Road["destinations"][number]) => sheet.slug === slug && Boolean(sheet.forget);

async function outcomeOf(answer: Promise<Outcome>): Promise<Outcome> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost) return { is: "retry", reason: error.why };
    throw error;
  }
}
