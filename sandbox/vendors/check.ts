// Rules for what a body must look like; each says in a sentence what is wrong, or null.
import { isObject } from "./vendor.ts";

export type Rule = (value: unknown, at: string) => string | null;

const rule =
  (fits: (value: unknown) => boolean, must: string): Rule =>
  (value, at) =>
    fits(value) ? null : `${at} must be ${must}`;

const isText = (value: unknown): value is string => typeof value === "string";
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

export const string = rule(isText, "a string");
export const text = rule((value) => isText(value) && value.trim() !== "", "a string that is not empty");
export const flag = rule((value) => typeof value === "boolean", "true or false");
export const integer = rule((value) => typeof value === "bigint" || Number.isInteger(value), "a whole number");
export const number = rule((value) => typeof value === "bigint" || Number.isFinite(value), "a number");
export const cents = rule(
  (value) => typeof value === "bigint" || (Number.isFinite(value) && /^-?\d+(\.\d{1,2})?$/.test(String(value))),
  "a number with at most two decimals",
);
export const time = rule(
  (value) => isText(value) && ISO_TIME.test(value) && !Number.isNaN(Date.parse(value)),
  "an ISO 8601 time with a zone",
);
export const email = rule((value) => isText(value) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), "an e-mail address");
export const object = rule(isObject, "an object");
export const matching = (pattern: RegExp, must: string) => rule((value) => isText(value) && pattern.test(value), must);
export const language = matching(/^[a-z]{2}$/, "an ISO 639-1 language, two small letters");
export const currency = matching(/^[A-Z]{3}$/, "an ISO 4217 currency");
export const oneOf = (...values: unknown[]) => rule((value) => values.includes(value), `one of ${values.join(", ")}`);
export const within = (least: number, most: number) =>
  rule(
    (value) => Number.isFinite(value) && Number(value) >= least && Number(value) <= most,
    `from ${least} to ${most}`,
  );

export const list =
  (each: Rule, least = 0): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} must be an array`;
    if (value.length < least) return `${at} must not be empty`;
    return firstOf(value.map((part, index) => () => each(part, `${at}[${index}]`)));
  };

export const mapOf =
  (each: Rule): Rule =>
  (value, at) =>
    isObject(value)
      ? firstOf(
          Object.entries(value).map(
            ([name, part]) =>
              () =>
                each(part, `${at}.${name}`),
          ),
        )
      : `${at} must be an object`;

/** An object with these fields and no others: what the documents do not name, the vendor does not want. */
export function shape(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  const open = openShape(required, optional);
  return (value, at) => {
    const unknown = isObject(value)
      ? Object.keys(value).find((name) => !(required[name] ?? optional[name]))
      : undefined;
    return open(value, at) ?? (unknown === undefined ? null : `${inside(at, unknown)} is not a documented field`);
  };
}

/** An object that may have further fields. */
export function openShape(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  const known = Object.entries({ ...required, ...optional });
  return (value, at) => {
    if (!isObject(value)) return `${at || "the item"} must be an object`;
    const missing = Object.keys(required).find((name) => value[name] === undefined || value[name] === null);
    if (missing) return `${inside(at, missing)} is required`;
    const there = known.filter(([name]) => value[name] !== undefined);
    return firstOf(
      there.map(
        ([name, fits]) =>
          () =>
            fits(value[name], inside(at, name)),
      ),
    );
  };
}

const inside = (at: string, name: string) => (at ? `${at}.${name}` : name);

export const either =
  (one: Rule, other: Rule): Rule =>
  (value, at) =>
    one(value, at) === null ? null : other(value, at);

function firstOf(checks: (() => string | null)[]): string | null {
  for (const check of checks) {
    const wrong = check();
    if (wrong) return wrong;
  }
  return null;
}
