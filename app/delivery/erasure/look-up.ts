// Who somebody is, before they are erased: what is known of them here, named and counted.
import { statement } from "../../base/statement.ts";
import { sqlKeys, subjectOf } from "../../events/keys.ts";
import type { Road } from "../road.ts";
import { aboutOf, type Named, personNamed } from "./named.ts";
import { findPerson, subjectsOf } from "./person.ts";
import { idsToldOf } from "./told.ts";

export type LookedUp =
  | {
      is: "known";
      customers: string[];
      emails: string[];
      /** Their orders' names. */
      orders: string[];
      /** Names of the connections whose vendor was told of them. */
      told: string[];
      /** They were asked for before. */
      before: boolean;
    }
  | { is: "not known" }
  /** The number is an order's. */
  | { is: "order"; name: string };

interface Found {
  events: number;
  records: number;
  before: boolean;
  orders: string[];
  order: string | null;
}
const FIND = statement<
  Found,
  [shop: string, subjects: string[], customers: string[], orders: string[], about: string, order: string]
>("look-up-person")`
  SELECT
    (SELECT count(*)::int FROM event WHERE shop = $1 AND subject = ANY ($2)) AS events,
    (SELECT count(*)::int FROM snapshot WHERE shop = $1 AND kind = 'customer' AND id = ANY ($3)) AS records,
    EXISTS (SELECT FROM erasure WHERE shop = $1 AND about = $5) AS before,
    (SELECT coalesce(array_agg(coalesce(nullif(data #>> '{order,name}', ''), ${sqlKeys.orderId("subject")})
       ORDER BY occurred_at), '{}')
     FROM event
     WHERE shop = $1 AND subject = ANY ($4) AND kind = 'order.placed') AS orders,
    (SELECT coalesce(nullif(data #>> '{order,name}', ''), ${sqlKeys.orderId("subject")})
     FROM event
     WHERE shop = $1 AND subject = $6 AND kind = 'order.placed'
     LIMIT 1) AS order`;
const NAMES = statement<{ name: string }, [shop: string, ids: string[]]>("names-of-connections")`
  SELECT name
  FROM connection
  WHERE shop = $1 AND id::text = ANY ($2)
  ORDER BY created_at, id`;

/** "an…@example.com": who asked by another way need not see it. */
const masked = (mail: string) => mail.replace(/^(.{0,2}).*@/, "$1…@");

export async function lookUpPerson(road: Road, shop: string, named: Named): Promise<LookedUp> {
  const { db } = road;
  const { person: start, askedPhones } = personNamed(named, "hand");
  const person = await findPerson(db, shop, start, askedPhones);
  const orders = person.orders.map((id) => subjectOf("order", id));
  const [found] = await db.query(FIND, [
    shop,
    subjectsOf({ ...person, elsewhere: [] }),
    person.customers,
    orders,
    aboutOf(road, shop, named) ?? "",
    subjectOf("order", named.customerId ?? ""),
  ]);
  if (!found || found.events + found.records + Number(found.before) === 0)
    return found?.order ? { is: "order", name: found.order } : { is: "not known" };
  const told = await db.query(NAMES, [shop, Object.keys(await idsToldOf(db, shop, person))]);
  return {
    is: "known",
    customers: person.customers,
    emails: person.emails.map((mail) => (mail === named.email ? mail : masked(mail))),
    orders: found.orders,
    told: told.map(({ name }) => name),
    before: found.before,
  };
}
