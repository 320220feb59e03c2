// Who a person is in our books: from an id, an e-mail address or a phone number to all that leads from one thing of theirs to the next.
import type { Sql } from "../../base/database.ts";
import { subjectOf } from "../../events/keys.ts";
import { keyOf, TAIL } from "../person-keys.ts";
import { mailOf, phoneBook, phoneOf } from "./contacts.ts";
import { type Trace, tracesOf } from "./traces.ts";
import { visitorsOf } from "./visitors.ts";

export interface Person {
  customers: string[];
  emails: string[];
  phones: string[];
  orders: string[];
  checkouts: string[];
  carts: string[];
  visitors: string[];
  /** Orders and checkouts of somebody else in which the person stands: "order:2". */
  elsewhere: string[];
}

export const NOBODY: Person = {
  ...{ customers: [], emails: [], phones: [], orders: [], checkouts: [], carts: [], visitors: [], elsewhere: [] },
};

/** What their events are about: "customer:1", "order:2", "checkout:…", "cart:…", "visitor:…". */
export const subjectsOf = ({ customers, orders, checkouts, carts, visitors, elsewhere }: Person): string[] => [
  ...customers.map((id) => subjectOf("customer", id)),
  ...orders.map((id) => subjectOf("order", id)),
  ...checkouts.map((token) => subjectOf("checkout", token)),
  ...carts.map((token) => subjectOf("cart", token)),
  ...visitors.map((id) => subjectOf("visitor", id)),
  ...elsewhere,
];

type Sets = { [Name in keyof Person]: Set<string> };

/** A chain of things that is longer than this is nobody's. */
const MOST_ROUNDS = 12;

/**
 * @param start what is known of them.
 * @param askedPhones numbers by which they were asked for count as theirs alone; one that was found beside an e-mail address may be a household's.
 * @param byPhone false: what is known by a number alone is left out.
 */
export async function findPerson(
  sql: Sql,
  shop: string,
  start: Person,
  askedPhones: string[],
  byPhone = true,
): Promise<Person> {
  const found = setsOf(start);
  const asked = phoneBook(askedPhones);
  const looked = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = sizeOf(found);
    const fresh = (all: string[]) => all.filter((one) => !looked.has(one) && looked.add(one));
    const subjects = fresh(
      [...found.orders]
        .map((id) => subjectOf("order", id))
        .concat([...found.checkouts].map((id) => subjectOf("checkout", id))),
    );
    const traces = await tracesOf(sql, shop, fresh(keysOf(found)), subjects);
    for (const trace of traces) follow(trace, found, asked, byPhone);
    await visitorsOf(sql, shop, found);
    if (sizeOf(found) === before) break;
  }
  return Object.fromEntries(Object.entries(found).map(([name, all]) => [name, [...all]])) as unknown as Person;
}

const setsOf = (person: Person) =>
  Object.fromEntries(Object.entries(person).map(([name, all]) => [name, new Set(all)])) as unknown as Sets;
const sizeOf = (found: Sets) => Object.values(found).reduce((sum, { size }) => sum + size, 0);

export const keysOf = ({
  customers,
  emails,
  phones,
}: Record<"customers" | "emails" | "phones", Iterable<string>>): string[] =>
  [
    ...[...customers].map((id) => subjectOf("customer", id)),
    ...[...emails].map((mail) => `mail:${mail}`),
    ...[...phones].flatMap((phone) => {
      const tail = phoneOf(phone)?.digits.slice(-TAIL);
      return tail ? [`phone:${tail}`] : [];
    }),
  ].map(keyOf);

/** What one row adds. */
function follow(trace: Trace, found: Sets, asked: (phone: unknown) => boolean, byPhone: boolean): void {
  if (trace.merged) {
    // Shopify made one customer of the two.
    for (const id of trace.merged) if (trace.merged.some((one) => found.customers.has(one))) found.customers.add(id);
    return;
  }
  const known = phoneBook(byPhone ? found.phones : []);
  const byMail = (mail: unknown) => found.emails.has(mailOf(mail) ?? "");
  const own = trace.customer !== null && (byMail(trace.own.email) || known(trace.own.phone));
  const theirs = trace.customer !== null && (found.customers.has(trace.customer) || own);
  const named = trace.mails.some(byMail);
  const asGuest = trace.customer === null && (named || trace.phones.some(known) || isListed(trace, found));
  if (!theirs && !asGuest) {
    if ((named || trace.phones.some(known)) && trace.thing) found.elsewhere.add(trace.thing);
    return;
  }
  if (trace.customer !== null) found.customers.add(trace.customer);
  for (const name of ["orders", "checkouts", "carts", "visitors"] as const)
    for (const one of trace[name]) found[name].add(one);
  if (!theirs && !named && !trace.given.phones.some(asked)) return;
  for (const mail of trace.given.mails) found.emails.add(mail);
  for (const phone of trace.given.phones) found.phones.add(phone);
}

/** An order that got its customer later is theirs from the start. */
const isListed = (trace: Trace, found: Sets) =>
  trace.orders.some((id) => found.orders.has(id)) || trace.checkouts.some((id) => found.checkouts.has(id));
