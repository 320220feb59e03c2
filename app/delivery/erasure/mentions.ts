// Does a body speak of a person? Any body, also one that nobody could read: their ids, tokens, addresses and numbers are looked for in its text.
import { mailOf, phoneBook } from "./contacts.ts";
import type { Person } from "./person.ts";

const ID = /\d{1,25}/g;
const MAIL = /[^\s"'<>()[\]{},;:=\\?&/|]{1,64}@[a-z0-9.-]{1,255}/g;
const NUMBER = /\+?\(?\d[\d\s()./-]{5,22}\d/g;

export function mentionsOf(person: Person): (body: Buffer) => boolean {
  const ids = new Set([...person.customers, ...person.orders, ...idsElsewhere(person)]);
  // A short token would stand in anybody's text.
  const tokens = [...person.checkouts, ...person.carts, ...person.visitors]
    .filter((token) => token.length > 5)
    .map((token) => token.toLowerCase());
  const mails = new Set(person.emails.flatMap((mail) => mailOf(mail) ?? []));
  const hasNumber = phoneBook(person.phones);
  return (body) => {
    const text = plain(body);
    if (tokens.some((token) => text.includes(token))) return true;
    if (ids.size > 0 && some(text, ID, (digits) => ids.has(digits))) return true;
    if (mails.size > 0 && text.includes("@") && some(text, MAIL, (mail) => mails.has(mail.replace(/\.+$/, ""))))
      return true;
    return person.phones.length > 0 && some(text, NUMBER, hasNumber);
  };
}

const idsElsewhere = ({ elsewhere }: Person) => elsewhere.map((subject) => subject.replace(/^\w+:/, ""));

function some(text: string, pattern: RegExp, is: (found: string) => boolean): boolean {
  for (const [found] of text.matchAll(pattern)) if (is(found)) return true;
  return false;
}

/** As JSON and addresses on the web mean it: "\u0040" and "%40" are an "@". */
function plain(body: Buffer): string {
  let text = body.toString("utf8").toLowerCase();
  if (text.includes("\\u"))
    text = text.replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  // An address may stand in another one's query: encoded twice.
  for (let time = 0; time < 2 && text.includes("%"); time += 1)
    text = text.replace(/%([2-7][0-9a-f])/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return text.includes("\\/") ? text.replaceAll("\\/", "/") : text;
}
