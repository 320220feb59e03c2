// All that our own tables hold of one customer: found by the ids and tokens that lead from one thing to the next, and erased.
import type { Sql } from "../base/database.ts";
import type { Event } from "../events/event.ts";
import { NOT_SENT } from "./connections/switch-connection.ts";
import { withoutContact } from "./contact.ts";
import type { Road } from "./road.ts";

export interface Person {
  customerId: string;
  /** What their events are about: "customer:1", "order:2", "checkout:…", "cart:…", "visitor:…". */
  subjects: string[];
  checkouts: string[];
  visitorIds: string[];
  emails: string[];
}

interface Trace {
  order: string | null;
  checkout: string | null;
  cart: string | null;
  visitor: string | null;
  email: string | null;
}

export async function findPerson(sql: Sql, shop: string, customerId: string): Promise<Person> {
  const traces = await sql.query<Trace>(
    `SELECT data #>> '{order,id}' AS order, coalesce(data #>> '{order,checkoutToken}', data #>> '{checkout,token}') AS checkout,
       coalesce(data #>> '{order,cartToken}', data #>> '{checkout,cartToken}') AS cart,
       coalesce(data #>> '{order,visitorId}', data #>> '{checkout,visitorId}') AS visitor,
       coalesce(data #>> '{order,email}', data #>> '{checkout,email}') AS email
     FROM event WHERE shop = $1 AND kind IN ('order.placed', 'checkout.contact_given')
       AND coalesce(data #>> '{order,customer,id}', data #>> '{checkout,customerId}') = $2
     UNION ALL
     SELECT NULL, id, data ->> 'cartToken', data ->> 'visitorId', data ->> 'email' FROM snapshot
     WHERE shop = $1 AND kind = 'checkout' AND data ->> 'customerId' = $2
     UNION ALL
     SELECT NULL, NULL, NULL, data ->> 'visitorId', data #>> '{facts,email,value}' FROM snapshot
     WHERE shop = $1 AND (kind, id) IN (('visitor', 'customer:' || $2), ('customer', $2))`,
    [shop, customerId],
  );
  const all = (name: keyof Trace) => [...new Set(traces.flatMap((trace) => trace[name] ?? []))];
  const about = (name: keyof Trace) => all(name).map((id) => `${name}:${id}`);
  return {
    customerId,
    subjects: [
      `customer:${customerId}`,
      ...about("order"),
      ...about("checkout"),
      ...about("cart"),
      ...about("visitor"),
    ],
    checkouts: all("checkout"),
    visitorIds: all("visitor"),
    emails: all("email"),
  };
}

/** By connection, the ids that a vendor was told for this person. On a shared device others were told too: those are not this person's. */
export async function idsToldOf(sql: Sql, shop: string, person: Person): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ connectionId: string; ids: string[] }>(
    `SELECT d.connection_id AS "connectionId", array_agg(DISTINCT d.user_id ORDER BY d.user_id) AS ids
     FROM event e JOIN delivery d ON d.event_id = e.id
     WHERE e.shop = $1 AND e.subject = ANY ($2) AND d.user_id IS NOT NULL AND (e.subject NOT LIKE 'visitor:%' OR d.user_id = ANY ($3))
     GROUP BY 1`,
    [shop, person.subjects, [person.customerId, ...person.visitorIds]],
  );
  return new Map(rows.map(({ connectionId, ids }) => [connectionId, ids]));
}

const AT_ONCE = 200;

/** Contact data goes; ids, amounts and the ledger stay. What is still to be told of the customer is told no more. Can run again. */
export async function erasePerson(road: Road, shop: string, person: Person): Promise<void> {
  await road.db.query(
    `UPDATE delivery d SET state = ${NOT_SENT}, reason = 'the customer was erased', settled_at = $3 FROM event e
     WHERE e.shop = $1 AND e.subject = 'customer:' || $2 AND e.kind IN ('customer.saved', 'customer.consent_changed')
       AND d.event_id = e.id AND d.state = 'due'`,
    [shop, person.customerId, road.clock()],
  );
  await eraseInEvents(road, shop, person);
  const visitors = [...person.subjects, ...person.subjects.map((subject) => subject.replace(/^visitor:/, ""))];
  await road.db.query(
    `DELETE FROM snapshot WHERE shop = $1 AND ((kind = 'customer' AND id = $2) OR (kind IN ('visitor', 'source') AND id = ANY ($3)) OR (kind = 'checkout' AND id = ANY ($4))
       OR (kind = 'visitor' AND data ->> 'visitorId' = ANY ($5)))`,
    [shop, person.customerId, visitors, person.checkouts, person.visitorIds],
  );
  await eraseBodies(road, shop, person);
}

async function eraseInEvents(road: Road, shop: string, person: Person): Promise<void> {
  for (let after = "0"; ; ) {
    const rows = await road.db.query<{ id: string; data: Event }>(
      "SELECT id, data FROM event WHERE shop = $1 AND subject = ANY ($2) AND data IS NOT NULL AND id > $3 ORDER BY id LIMIT $4",
      [shop, person.subjects, after, AT_ONCE],
    );
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    const erased = rows.map(({ id, data }) => ({ id, data: withoutPerson(data, person) }));
    await road.db.query(
      "UPDATE event e SET data = n.data FROM jsonb_to_recordset($1::jsonb) AS n(id bigint, data jsonb) WHERE e.id = n.id",
      [JSON.stringify(erased)],
    );
  }
}

function withoutPerson(event: Event, person: Person): Event {
  const bare = withoutContact(event);
  if ("checkout" in bare) return { ...bare, checkout: { ...bare.checkout, recoveryUrl: null } };
  if ("page" in bare && bare.page.customerId === person.customerId)
    return { ...bare, page: { ...bare.page, customerId: null } };
  return bare;
}

/** Also of webhooks that told nothing new, and so led to no event. What still waits to be worked off keeps its body. */
async function eraseBodies(road: Road, shop: string, person: Person): Promise<void> {
  const escaped = person.emails.map((email) => email.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const pattern = [`(^|[^0-9])${person.customerId}($|[^0-9])`, ...escaped].join("|");
  const topics = await road.db.query<{ topic: string }>(
    "SELECT DISTINCT topic FROM webhook WHERE shop = $1 AND topic ~* '^(customers|orders|checkouts|refunds|pixel)'",
    [shop],
  );
  for (const { topic } of topics) {
    for (let after: string | null = ""; after !== null; ) {
      const [page]: { last: string | null }[] = await road.db.query(
        `WITH page AS (SELECT id, webhook_id FROM webhook WHERE shop = $1 AND topic = $2 AND webhook_id > $3 ORDER BY webhook_id LIMIT $4),
           erased AS (UPDATE webhook w SET body = NULL FROM page WHERE w.id = page.id AND w.body IS NOT NULL
             AND w.state NOT IN ('received', 'waiting') AND encode(w.body, 'escape') ~* $5)
         SELECT max(webhook_id) AS last FROM page`,
        [shop, topic, after, AT_ONCE, pattern],
      );
      after = page?.last ?? null;
    }
  }
}
