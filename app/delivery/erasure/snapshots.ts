// Erases what is kept of a person between webhooks.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Person } from "./person.ts";

/** Of a person: deleted. Of a customer stays that they are gone for good, of a visitor nothing under any token that led to them. */
const DELETED = ["customer", "checkout", "visitor", "source"];

/** By kind, why it holds no person and stays. */
const STAYS = {
  cart: "its lines are products, and of their properties a hash",
  account: "the amounts of an order",
  bought: "that a cart or checkout became an order",
  "checkout-id": "which token a checkout has, and that it was deleted",
  channel: "the name of a sales channel",
};

export const SNAPSHOTS = [...DELETED, ...Object.keys(STAYS)];

const ERASE = statement<never, [shop: string, kinds: string[], ids: string[]]>("erase-snapshots")`
  DELETE FROM snapshot
  WHERE shop = $1 AND kind = ANY ($2) AND id = ANY ($3) AND data ->> 'gone' IS DISTINCT FROM 'true'`;
const ERASE_VISITORS = statement<never, [shop: string, visitors: string[]]>("erase-visitor-snapshots")`
  DELETE FROM snapshot
  WHERE shop = $1 AND kind = 'visitor' AND data ->> 'visitorId' = ANY ($2)`;

/**
 * A cart stays, for its lines are products: without it the next change of it would be told as a new cart. So does that a customer is gone
 * for good: it has no facts, and late webhooks must not bring them back.
 */
export const eraseSnapshots = async (sql: Sql, shop: string, person: Person): Promise<void> => {
  await sql.query(ERASE, [shop, DELETED, snapshotIdsOf(person)]);
  await sql.query(ERASE_VISITORS, [shop, person.visitors]);
};

/** What their snapshots are called, whatever kind they are of. */
export function snapshotIdsOf({ customers, orders, checkouts, carts, visitors }: Person): string[] {
  const named = Object.entries({
    customer: customers,
    order: orders,
    checkout: checkouts,
    cart: carts,
    embed: visitors,
    client: visitors,
    visitor: visitors,
  });
  return named.flatMap(([name, all]) => all.flatMap((one) => [one, `${name}:${one}`]));
}
