// E-mail addresses and phone numbers as they are compared: the same one may be spelled in many ways.
import { TAIL } from "../person-keys.ts";

/** @returns null where it is no address. */
export function mailOf(text: unknown): string | null {
  const mail = typeof text === "string" ? text.trim().toLowerCase() : "";
  return /^[^\s@]+@[^\s@]+$/.test(mail) ? mail : null;
}

/** Digits without the zeros in front. */
export interface Phone {
  digits: string;
  /** It begins with its country's code. */
  whole: boolean;
}

/** @returns null where it is too short for a number. */
export function phoneOf(text: unknown): Phone | null {
  if (typeof text !== "string") return null;
  const given = text.trim().replace(/\(0\)/, "");
  const all = given.replace(/\D/g, "");
  const digits = all.replace(/^0+/, "");
  return digits.length >= TAIL && digits.length <= 15
    ? { digits, whole: given.startsWith("+") || all.startsWith("00") }
    : null;
}

/** "+49 30 2312", "0049302312" and "030 2312" are one: whoever leaves out the country's code (at most three digits) means the same number. */
export function samePhone(one: Phone, other: Phone): boolean {
  if (one.digits === other.digits) return true;
  const [short, long] = one.digits.length < other.digits.length ? [one, other] : [other, one];
  return !short.whole && long.digits.endsWith(short.digits) && long.digits.length - short.digits.length <= 3;
}

/** Asks, of many numbers, whether another is one of them. */
export function phoneBook(texts: Iterable<string>) {
  const byTail = new Map<string, Phone[]>();
  for (const text of texts) {
    const phone = phoneOf(text);
    if (phone) byTail.set(tailOf(phone), [...(byTail.get(tailOf(phone)) ?? []), phone]);
  }
  return (text: unknown): boolean => {
    const phone = phoneOf(text);
    return phone !== null && (byTail.get(tailOf(phone)) ?? []).some((known) => samePhone(known, phone));
  };
}

const tailOf = ({ digits }: Phone) => digits.slice(-TAIL);
