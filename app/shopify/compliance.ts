// The erasure of a customer: at every vendor that has a call for it, and in our own tables.

import { openConnection } from "../delivery/connections/open-connection.ts";
import { redactorOf } from "../delivery/connections/redact.ts";
import { normalize } from "../delivery/normalize/normalize.ts";
import { erasePerson, findPerson, idsToldOf } from "../delivery/person.ts";
import type { Road } from "../delivery/road.ts";
import type { Outcome } from "../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../destinations/http.ts";

/** What became of it at one connection. */
export interface Forgotten {
  destination: string;
  connectionId: string;
  connectionName: string;
  is: "done" | "no such call" | "failed";
  /** Why it failed. */
  reason: string | null;
}

/**
 * Erases a customer of this shop; can be done again, and should be where a vendor failed.
 * @param customerId Shopify's id as text.
 */
export async function forgetCustomer(road: Road, shop: string, customerId: string): Promise<Forgotten[]> {
  if (!/^\d{1,25}$/.test(customerId)) throw new RangeError("a customer's id has digits only");
  await workOffHeard(road, shop);
  const person = await findPerson(road.db, shop, customerId);
  const told = await idsToldOf(road.db, shop, person);
  // Our own tables first: what a lane takes after this tells the vendor nothing that would make the person anew.
  await erasePerson(road, shop, person);
  const connections = await road.db.query<Named>(
    "SELECT id, destination, name FROM connection WHERE shop = $1 AND state <> 'disconnected' ORDER BY created_at, id",
    [shop],
  );
  return Promise.all(
    connections.map((connection) =>
      forgetAt(road, connection, [...new Set([customerId, ...(told.get(connection.id) ?? [])])]),
    ),
  );
}

const LONGEST_WAIT = 10_000;

/** What was heard before is worked off first, as far as that goes: it would bring the person back. */
async function workOffHeard(road: Road, shop: string): Promise<void> {
  const until = performance.now() + LONGEST_WAIT;
  while (performance.now() < until) {
    const state = await normalize(road, shop);
    if (state === "done") return;
    if (state === "busy") await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Named {
  id: string;
  destination: string;
  name: string;
}

async function forgetAt(road: Road, { id, destination, name }: Named, userIds: string[]): Promise<Forgotten> {
  const about = { destination, connectionId: id, connectionName: name, reason: null };
  const connection = await openConnection(road, id);
  if (!connection?.sheet.forget) return { ...about, is: "no such call" };
  const outcome = await asked(connection.sheet.forget(userIds, connection.settings, connection.pacedHttp));
  if (outcome.is === "delivered") return { ...about, is: "done" };
  return { ...about, is: "failed", reason: redactorOf(connection, [])(outcome.reason) };
}

async function asked(answer: Promise<Outcome>): Promise<Outcome> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost) return { is: "retry", reason: error.message };
    throw error;
  }
}
