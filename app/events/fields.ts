// Takes typed values out of parsed JSON: a value of another kind is null, never a guess.
import { LosslessNumber } from "lossless-json";
import { wellFormed } from "../base/text.ts";
import type { Decimal, Id, Time } from "./facts.ts";
import { type Fields, isFields, type Json, Unreadable } from "./json.ts";
import { because, type What } from "./reasons.ts";

type Take<T> = (from: Fields | null, name: string) => T | null;

/** The value that makes the event. @throws Unreadable with the field's path */
export function must<T>(take: Take<T>, from: Fields, name: string, what: What, path = name): T {
  const value = take(from, name);
  if (value !== null) return value;
  const missing = field(from, name) === null;
  throw new Unreadable(
    missing ? because("field_missing", { field: path }) : because("field_not", { field: path, what: because(what) }),
  );
}

export function field(from: Fields | null, name: string): Json {
  return from && Object.hasOwn(from, name) ? (from[name] ?? null) : null;
}

export function object(from: Fields | null, name: string): Fields | null {
  const value = field(from, name);
  return isFields(value) ? value : null;
}

/** The objects of a list; [] where there is none. What passes a list on may have made an object of it: by number, or the one alone. */
export function objects(from: Fields | null, name: string): Fields[] {
  const value = field(from, name);
  if (Array.isArray(value)) return value.filter(isFields);
  if (!isFields(value) || Object.keys(value).length === 0) return [];
  const numbered = Object.keys(value).every((key) => /^\d+$/.test(key));
  return numbered ? Object.values(value).filter(isFields) : [value];
}

/** Text without U+0000 and lone surrogates, which PostgreSQL's jsonb refuses; blank text is null. */
export function text(from: Fields | null, name: string): string | null {
  return textOf(field(from, name));
}

/** One of Shopify's own words, whatever its case: REST writes "success", GraphQL "SUCCESS". */
export const word = (from: Fields | null, name: string): string | null => text(from, name)?.toLowerCase() ?? null;

export function textOf(value: Json): string | null {
  if (value instanceof LosslessNumber) return value.value;
  if (typeof value !== "string") return null;
  const clean = wellFormed(value);
  return clean.trim() === "" ? null : clean;
}

/** Text that a stranger may have chosen: no control characters, at most `longest` characters, else null. */
export function shortText(value: Json, longest: number): string | null {
  const clean = textOf(value)
    ?.replace(/\p{Cc}/gu, "")
    .trim();
  return clean && clean.length <= longest ? clean : null;
}

/** An address longer than RFC 5321 allows (254) or without "@" is none. */
export function email(from: Fields | null, name: string): string | null {
  const address = shortText(field(from, name), 254);
  return address && /^[^\s@]+@[^\s@]+$/.test(address) ? address : null;
}

export function yesNo(from: Fields | null, name: string): boolean | null {
  const value = field(from, name);
  return typeof value === "boolean" ? value : null;
}

/** The digits of an id: a number, text, or a gid ("gid://shopify/Order/1"). */
export function id(from: Fields | null, name: string): Id | null {
  const digits = /^(?:gid:\/\/shopify\/\w+\/)?([1-9]\d{0,24})(?:\?.*)?$/.exec(text(from, name) ?? "");
  return digits?.[1] ?? null;
}

/** The object's own id. */
export function ownId(from: Fields | null): Id | null {
  const plain = id(from, "id");
  const global = id(from, "admin_graphql_api_id");
  // Something on the way (a relay, a test sender) may have put the body through floats: then both are the same float,
  // and the id in the text "admin_graphql_api_id" is the one that kept its digits.
  if (plain && global && plain !== global && Number(plain) === Number(global)) return global;
  return plain ?? global;
}

/** An exact amount: text, or the digits of a JSON number (refund lines have those). */
export function decimal(from: Fields | null, name: string): Decimal | null {
  const value = text(from, name);
  return value && /^-?\d{1,20}(\.\d{1,10})?$/.test(value) ? value : null;
}

/** A whole number with at most nine digits. */
export function whole(from: Fields | null, name: string): number | null {
  const value = text(from, name);
  return value && /^-?\d{1,9}$/.test(value) ? Number(value) : null;
}

/** How many: a whole number above 0. */
export function count(from: Fields | null, name: string): number | null {
  const value = whole(from, name);
  return value !== null && value > 0 ? value : null;
}

export function currency(from: Fields | null, name: string): string | null {
  const value = text(from, name);
  return value && /^[A-Za-z]{3}$/.test(value) ? value.toUpperCase() : null;
}

export function time(from: Fields | null, name: string): Time | null {
  return timeOf(text(from, name));
}

const iso =
  /^(19[7-9]\d|2\d{3})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** A moment with a zone, that both JavaScript and PostgreSQL take (JavaScript alone would take 30 February). */
export function timeOf(value: string | null): Time | null {
  const parts = iso.exec(value ?? "");
  if (!parts) return null;
  const [, year, month, day] = parts.map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? parts[0] : null;
}
