// What somebody may mean by what they typed: an order's name, an id, a customer, an e-mail address, a phone number.
import { wellFormed } from "../../base/text.ts";
import { purchaseKey, subjectOf, type Thing } from "../../events/keys.ts";
import { mailOf, phoneOf } from "../erasure/contacts.ts";
import { keyOf, TAIL } from "../person-keys.ts";

export interface Meant {
  /** What events are about: "order:1". */
  subjects: string[];
  /** Names of orders: "#1001". */
  names: string[];
  /** Keys of events: "purchase:1". */
  keys: string[];
  /** Numbers of events and deliveries in our own books. */
  numbers: string[];
  /** Customers and e-mail addresses, as person-keys.ts makes them. */
  persons: string[];
  /** The end of a phone number, as person-keys.ts makes it, and so many digits of the number as all spellings share. */
  phone: { key: string; digits: string } | null;
}

/** Nothing that is looked for is longer. */
const LONGEST = 200;
const OF_AN_ID: Thing[] = ["order", "customer", "product", "collection", "checkout", "cart", "visitor"];
/** Without the code of its country a number has so many digits. */
const NATIONAL = 9;

/** @returns null where nothing can be meant by it. */
export function meantBy(typed: string): Meant | null {
  const text = wellFormed(typed).trim();
  if (text === "" || text.length > LONGEST) return null;
  const id = idIn(text);
  const mail = mailOf(text);
  const subjects = OF_AN_ID.map((thing) => subjectOf(thing, id ?? text));
  return {
    subjects: text.includes(":") ? [text, ...subjects] : subjects,
    names: namesIn(text),
    keys: id ? [text, purchaseKey(id)] : [text],
    numbers: /^\d{1,18}$/.test(text) ? [text] : [],
    persons: [...(id ? [subjectOf("customer", id)] : []), ...(mail ? [`mail:${mail}`] : [])].map(keyOf),
    phone: phoneIn(text),
  };
}

/** An order's name may be typed without its sign. */
export const namesIn = (text: string): string[] => (text.startsWith("#") ? [text] : [text, `#${text}`]);

/** An id of Shopify's, also within the ids that vendors are told: "purchase_1", "1-refund-2", "gid://shopify/Order/1". */
const idIn = (text: string): string | null =>
  /^(?:purchase_|gid:\/\/shopify\/\w+\/)?(\d{1,20})(?:-refund-\d+)?$/.exec(text)?.[1] ?? null;

function phoneIn(text: string): Meant["phone"] {
  const phone = /^[+\d][\d\s()./-]*$/.test(text) ? phoneOf(text) : null;
  return phone && { key: keyOf(`phone:${phone.digits.slice(-TAIL)}`), digits: phone.digits.slice(-NATIONAL) };
}
