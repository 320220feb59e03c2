// Rows of events and snapshots in which a person stands, with what leads on from them.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { mailOf, phoneOf } from "./contacts.ts";

export interface Trace {
  /** The event's subject; null for a snapshot, and for what is not about an order or a checkout. */
  thing: string | null;
  customer: string | null;
  /** What the customer's own record says. */
  own: { email: unknown; phone: unknown };
  /** Two customers that became one. */
  merged: [string, string] | null;
  /** All that stand in it, an address's too. */
  mails: string[];
  phones: string[];
  /** Those that the buyer gave as their own: not that of whom it is shipped to. */
  given: { mails: string[]; phones: string[] };
  orders: string[];
  checkouts: string[];
  carts: string[];
  visitors: string[];
}

interface Row {
  subject: string | null;
  data: Record<string, unknown>;
  mails: unknown[];
  phones: unknown[];
}

const STANDING = `
    jsonb_path_query_array(data, 'strict $.**.email') AS mails,
    jsonb_path_query_array(data, 'strict $.**.phone') AS phones`;
const FIND = statement<Row, [shop: string, keys: string[], subjects: string[]]>("traces-of-person")`
  SELECT subject, data, ${STANDING}
  FROM event
  WHERE shop = $1 AND persons && $2::bigint[] AND data IS NOT NULL
  UNION ALL
  SELECT subject, data, ${STANDING}
  FROM event
  WHERE shop = $1 AND subject = ANY ($3) AND data IS NOT NULL
  UNION ALL
  SELECT NULL,
    CASE kind
      WHEN 'checkout' THEN jsonb_build_object('checkout', data)
      ELSE jsonb_build_object('customer', jsonb_build_object(
        'id', id, 'email', data #> '{facts,email,value}', 'phone', data #> '{facts,phone,value}'))
    END,
    ${STANDING}
  FROM snapshot
  WHERE shop = $1 AND kind IN ('checkout', 'customer') AND persons && $2::bigint[]`;

/** @param keys as personKeys (person-keys.ts) makes them. */
export async function tracesOf(sql: Sql, shop: string, keys: string[], subjects: string[]): Promise<Trace[]> {
  if (keys.length === 0 && subjects.length === 0) return [];
  return (await sql.query(FIND, [shop, keys, subjects])).map(traceOf);
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields | null =>
  typeof value === "object" && value !== null ? (value as Fields) : null;
const texts = (...values: unknown[]) =>
  values.filter((value): value is string => typeof value === "string" && value !== "");

function traceOf({ subject, data, mails, phones }: Row): Trace {
  const [order, checkout, page] = [fields(data.order), fields(data.checkout), fields(data.page)];
  const own = fields(order?.customer) ?? fields(data.customer);
  const buyer = own ?? checkout;
  const address = (name: string) => fields(order?.[name])?.phone;
  const [customer = null] = texts(own?.id, checkout?.customerId, page?.customerId, data.customerId);
  return {
    thing: order || checkout ? subject : null,
    customer,
    own: { email: buyer?.email, phone: buyer?.phone },
    merged: typeof data.mergedId === "string" && customer ? [customer, data.mergedId] : null,
    mails: texts(...mails),
    phones: texts(...phones),
    given: {
      mails: [order?.email, buyer?.email].flatMap((mail) => mailOf(mail) ?? []),
      phones: texts(order?.phone, buyer?.phone, fields(own?.defaultAddress)?.phone, address("billingAddress")).filter(
        phoneOf,
      ),
    },
    orders: texts(order?.id),
    checkouts: texts(order?.checkoutToken, checkout?.token),
    carts: texts(order?.cartToken, checkout?.cartToken),
    visitors: texts(order?.visitorId, checkout?.visitorId, page?.visitorId),
  };
}
