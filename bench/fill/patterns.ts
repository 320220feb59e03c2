// What the road left of some real orders, as the patterns of what a measurement fills the tables with: copies have an order of their own.
import type { Database } from "../../app/base/database.ts";
import { startLoad } from "../load/load.ts";
import type { App } from "../measure/app.ts";
import { untilSettled } from "../measure/settled.ts";

const ORDERS = 20;

/** Sends orders through the app until they are delivered, and notes them. */
export async function makePatterns({ url, database: { db } }: App): Promise<void> {
  const load = await startLoad(url);
  await load.make(ORDERS);
  await load.run();
  await load.stop();
  await untilSettled(db);
  await db.query(PATTERNS);
}

const PATTERNS = `
  CREATE TABLE pattern AS
  SELECT (row_number() OVER (ORDER BY e.id))::int - 1 AS place, e.webhook_id, e.id AS event_id, substr(e.subject, 7) AS order_id,
    e.data #>> '{order,checkoutToken}' AS checkout, e.data #>> '{order,cartToken}' AS cart,
    e.data #>> '{order,email}' AS mail, e.data #>> '{order,customer,id}' AS customer
  FROM event e WHERE e.kind = 'order.placed'`;

/** How many patterns there are. */
export async function patternsIn(db: Database): Promise<number> {
  const [row] = await db.query<{ count: number }>("SELECT count(*)::int AS count FROM pattern");
  return row?.count ?? 0;
}

/** Of copy number `n`: an order's id has sixteen digits. */
export const ORDER_ID = "(3000000000000000 + n)::text";

/** A text of the pattern `p` in the copy's words. */
export const inCopy = (text: string) =>
  `replace(replace(replace(${text}, p.order_id, ${ORDER_ID}), p.checkout, md5('checkout' || n)), p.cart, left(md5('cart' || n), length(p.cart)))`;

/** Half of them are of the pattern's buyer, who so has thousands; the others' buyers have two each. */
const byOther = (other: string, own: string) => `CASE WHEN n % 2 = 0 THEN ${own} ELSE ${other} END`;
const MAIL = byOther("'buyer' || n / 4 || '@example.com'", "p.mail");
const CUSTOMER = byOther("(4000000000000000 + n / 4)::text", "p.customer");

/** A text of the pattern `p` with the buyer of the copy. */
export const ofBuyer = (text: string) => `replace(replace(${text}, p.mail, ${MAIL}), p.customer, ${CUSTOMER})`;

/** As app/delivery/person-keys.ts makes them. */
const keyOf = (text: string) =>
  `('x' || left(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 16))::bit(64)::bigint`;
const mail = (of: string) => keyOf(`'mail:' || lower(${of})`);
const customer = (of: string) => keyOf(`'customer:' || ${of}`);

/** The keys of persons of the pattern `p` with the buyer of the copy. */
export const keysOfBuyer = (keys: string) =>
  `array_replace(array_replace(${keys}, ${mail("p.mail")}, ${mail(MAIL)}), ${customer("p.customer")}, ${customer(CUSTOMER)})`;
