// What things and happenings are called in our books: subjects ("order:450789469") and the ledger's keys ("purchase:450789469"), also as SQL makes them.

/** What an event can be about; a snapshot of one is called so, too. */
export type Thing = "order" | "customer" | "cart" | "checkout" | "visitor" | "product" | "collection";
export const subjectOf = (thing: Thing, id: string) => `${thing}:${id}`;

const PURCHASE = "purchase:";
const PAID = "paid:";
const ABANDONED = "abandoned:";
export const purchaseKey = (orderId: string) => `${PURCHASE}${orderId}`;
export const paidKey = (orderId: string) => `${PAID}${orderId}`;
export const abandonedKey = (token: string) => `${ABANDONED}${token}`;

/** An order is one purchase in the ledger, whether it counts when it is placed or when it is paid. */
export const asPurchase = (key: string) => (key.startsWith(PAID) ? purchaseKey(key.slice(PAID.length)) : key);

/** The same in SQL: `id`, `key` and `subject` are expressions. */
export const sqlKeys = {
  subject: (thing: Thing, id: string) => `'${subjectOf(thing, "")}' || ${id}`,
  isAbout: (thing: Thing, subject: string) => `${subject} LIKE '${subjectOf(thing, "")}%'`,
  orderId: (subject: string) => `substr(${subject}, ${subjectOf("order", "").length + 1})`,
  /** Of the order that `subject` is. */
  purchase: (subject: string) => `'${PURCHASE}' || ${sqlKeys.orderId(subject)}`,
  abandoned: (token: string) => `'${ABANDONED}' || ${token}`,
};

/**
 * SQL: the events of a shop by this column, out of the index that has it in this order. Without statistics others that begin with the
 * shop seem as cheap, and a plan that takes one reads all of a shop's events.
 */
export const sqlOnly = (column: "key" | "subject", value: string) =>
  `${column} >= ${value} AND ${column} <= ${value} ORDER BY shop, ${column}`;
