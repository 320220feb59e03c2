// A reason is a code with its values; the sentence is made of the code's template where it is shown.

export type Value = string | Reason | Reason[];
export interface Reason {
  code: string;
  values: { readonly [name: string]: Value };
}
/** Code → the sentence, with the names of its values: "not sent in time; last: {last}". */
export type Sentences = Readonly<Record<string, string>>;

type NamesIn<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type ValuesOf<Sentence extends string> = [NamesIn<Sentence>] extends [never]
  ? []
  : [values: { [Name in NamesIn<Sentence>]: Value }];

/** @returns what makes reasons of these codes, each with all of its values. */
export const reasonsOf =
  <const All extends Sentences>(_sentences: All) =>
  <Code extends keyof All & string>(code: Code, ...[values]: ValuesOf<All[Code]>): Reason => ({
    code,
    values: values ?? {},
  });

/** A code that is not known any more is told as it is. */
export function tell(sentences: Sentences, { code, values }: Reason): string {
  const textOf = (value: Value | undefined): string => {
    if (value === undefined) return "";
    if (typeof value === "string") return value;
    return Array.isArray(value) ? value.map(textOf).join("; ") : tell(sentences, value);
  };
  return (sentences[code] ?? code).replace(/\{(\w+)\}/g, (_, name: string) => textOf(values[name]));
}

/** The same with every text among its values changed. */
export function mapTexts({ code, values }: Reason, change: (text: string) => string): Reason {
  const changed = (value: Value): Value => {
    if (typeof value === "string") return change(value);
    return Array.isArray(value) ? value.map((one) => mapTexts(one, change)) : mapTexts(value, change);
  };
  return { code, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, changed(value)])) };
}

/** A reason that is kept in a column of text; what was kept before reasons had codes is told as it is. */
export function reasonIn(text: string): Reason {
  try {
    const reason: unknown = JSON.parse(text);
    if (isReason(reason)) return reason;
  } catch {}
  return { code: "as_told", values: { words: text } };
}

/** The same with each reason in it as a sentence. */
export type Told<T> = T extends { code: string; values: object }
  ? string
  : T extends Date
    ? T
    : T extends object
      ? { [K in keyof T]: Told<T[K]> }
      : T;

/** @param value plain data; what is none (a Map, a Date) stays. */
export function tellAll<T>(value: T, tell: (reason: Reason) => string): Told<T> {
  if (isReason(value)) return tell(value) as Told<T>;
  if (Array.isArray(value)) return value.map((one) => tellAll(one, tell)) as Told<T>;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value as Told<T>;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tellAll(one, tell)])) as Told<T>;
}

export const isReason = (value: unknown): value is Reason =>
  typeof value === "object" && value !== null && "code" in value && "values" in value;
