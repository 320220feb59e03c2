// What of a vendor's words may be kept: vendors echo what they were sent, and neither a person's data nor a key may stay in our books.
import { cut, wellFormed } from "../../base/text.ts";
import type { OpenConnection } from "./open-connection.ts";

const KEPT = 2_000;
/** No answer is looked at further than this. */
const LOOKED_AT = 10_000;
/** The vendors' folders cut their sentences at 300 characters, maybe within a name. */
const MAYBE_CUT = 290;
const GONE = "[cut]";

export const EMAIL = /[^\s"'<>()[\]{},;:=\\]{1,254}(?:@|%40|\\u0040)[^\s"'<>()[\]{},;:=\\]{1,254}/gi;
/** With a plus: ids have none. */
export const PHONE = /\+\s?\d(?:[\s().-]{0,2}\d){6,14}/g;

/** Fields that hold a person's data, whatever a vendor calls them: "email", "first_name", "fn", "streetAddress", "postal_code". */
export const PERSONAL =
  /mail|phone|mobile|^(em|ph|fn|ln|ct|zp)$|(first|last|full|given|family|sur|user|contact|customer|buyer|company)_?name|^name$|address|street|^line_?[12]$|city|town|post(al)?_?code|^zip|company|birth|^ip$|client_?ip/i;

/** For what this connection sent, and its own keys. */
export function redactorOf({ sheet, settings }: Pick<OpenConnection, "sheet" | "settings">, sent: unknown[]) {
  const secret = Object.keys(sheet.fields).filter((name) => sheet.fields[name]?.secret);
  return redactor(
    sent,
    secret.flatMap((name) => settings[name] ?? []),
  );
}

/**
 * @param sent the bodies that were sent: what stood in their personal fields is cut wherever it is echoed.
 * @param secrets keys and the like: cut wherever they stand.
 * @returns a function that also cuts whatever looks like an e-mail address or a phone number, and keeps 2,000 characters.
 */
export function redactor(sent: unknown[], secrets: string[]): (words: string) => string {
  let forms: string[] | null = null;
  return (words) => {
    forms ??= [...personalOf(sent)].flatMap(formsOf);
    const looked = cut(words, LOOKED_AT);
    const whole = looked.length < MAYBE_CUT ? looked : withoutFragment(looked, forms);
    return cut(withoutKnown(whole, forms, secrets).replace(EMAIL, GONE).replace(PHONE, GONE), KEPT);
  };
}

function withoutKnown(words: string, forms: string[], secrets: string[]): string {
  const low = words.toLowerCase();
  const found = forms.filter((form) => low.includes(form.toLowerCase()));
  const cuts = [
    ...secrets.filter((secret) => secret.length > 3 && words.includes(secret)).map(escaped),
    // A name of two letters is no part of a longer word.
    ...found.sort(byLength).map((form) => `(?<![\\p{L}\\p{N}])${escaped(form)}(?![\\p{L}\\p{N}])`),
  ];
  return cuts.length > 0 ? words.replace(new RegExp(cuts.join("|"), "giu"), GONE) : words;
}

/** Without the beginning of something personal at the very end. */
function withoutFragment(words: string, forms: string[]): string {
  const ends = words.toLowerCase();
  for (const form of [...forms].sort(byLength)) {
    for (let length = form.length - 1; length > 2; length -= 1) {
      if (ends.endsWith(form.slice(0, length).toLowerCase())) return words.slice(0, -length) + GONE;
    }
  }
  return words;
}

function personalOf(value: unknown, isPersonal = false, into = new Set<string>()): Set<string> {
  if (typeof value === "string") {
    const text = value.trim();
    if ((isPersonal && text.length > 1) || text.includes("@")) into.add(text);
  } else if (Array.isArray(value)) {
    for (const one of value) personalOf(one, isPersonal, into);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value)) personalOf(one, isPersonal || PERSONAL.test(name), into);
  }
  return into;
}

/** As it was sent, as JSON writes it with and without letters beyond ASCII, as an address on the web writes it, and a phone's digits alone. */
function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const digits = /^\+?[\d\s().-]{7,}$/.test(text) ? [text.replace(/\D/g, "")] : [];
  return [...new Set([text, json, ascii, encodeURIComponent(wellFormed(text)), ...digits])];
}

const byLength = (one: string, other: string) => other.length - one.length;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
