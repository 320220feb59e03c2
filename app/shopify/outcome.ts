// What can come of a question to Shopify's Admin API, told apart by what it answers.
import type { ZodType } from "zod";
import type { Reason } from "../base/reason.ts";
import { because } from "./reasons.ts";

/** Shopify's no to a part of a question: the app lacks a scope, or is not approved for protected customer data, or something else. */
export type Lack =
  | { is: "scope missing"; scopes: string[] }
  | { is: "not approved"; what: string[] }
  | { is: "refused"; says: string };
export type Outcome<Data> =
  | { is: "done"; data: Data }
  /** What there is of the data is usable, and this is why the rest is not there. */
  | { is: "partly"; data: Data; lacks: Lack[] }
  | Lack
  /** Asked too much; not to be asked before `until`. */
  | { is: "throttled"; until: Date }
  /** Refused, or ended and not to be renewed: the next opening of the app brings a new one. */
  | { is: "token dead" }
  /** Not reached, failing, or unreadable: it may be well in a minute. */
  | { is: "ill"; says: string };

/** What there is to use; null where there is nothing. */
export const dataOf = <Data>(outcome: Outcome<Data>): Data | null =>
  outcome.is === "done" || outcome.is === "partly" ? outcome.data : null;

/** For the page, why it is not whole; null where it is. */
export function whyNot(outcome: Outcome<unknown>): Reason | null {
  switch (outcome.is) {
    case "done":
      return null;
    case "partly":
      return outcome.lacks[0] ? whyNot(outcome.lacks[0]) : null;
    case "scope missing":
      return because("scope_missing", { scopes: outcome.scopes.join(", ") });
    case "not approved":
      return because("not_approved", { what: protectedOf(outcome.what) });
    case "refused":
      return because("shopify_refuses", { words: outcome.says });
    case "throttled":
      return because("throttled");
    case "token dead":
      return because("token_dead");
    case "ill":
      return because("shopify_ill");
  }
}

/** Shopify's own names of what it protects; what a backfill reads is told in words of ours. */
export function protectedOf(what: string[]): string | Reason {
  const [only = ""] = what;
  return only === "orders" || only === "customers" || only === "products"
    ? because(`no_protected_${only}`)
    : what.join(", ");
}

interface GraphqlError {
  message?: unknown;
  extensions?: { code?: unknown; requiredAccess?: unknown };
}
/** As it came: `data` may be there beside `errors`. */
export interface Body {
  data?: unknown;
  errors?: GraphqlError[];
  extensions?: { cost?: unknown };
}

const UNREADABLE = { is: "ill", says: "its answer could not be read" } as const;

export const isThrottled = ({ errors = [] }: Body): boolean =>
  errors.some(({ extensions }) => extensions?.code === "THROTTLED");

/** Of an answer that is not throttled. @param usable what the data must look like to be of use. */
export function outcomeOf<Data>({ data, errors = [] }: Body, usable: ZodType<Data>): Outcome<Data> {
  const read = data === undefined || data === null ? null : usable.safeParse(data);
  const lacks = lacksOf(errors);
  if (errors.length === 0) return read?.success ? { is: "done", data: read.data } : UNREADABLE;
  if (errors.some(({ extensions }) => extensions?.code === "INTERNAL_SERVER_ERROR"))
    return read?.success ? { is: "partly", data: read.data, lacks } : { is: "ill", says: "it failed in itself" };
  if (read?.success) return { is: "partly", data: read.data, lacks };
  return lacks[0] ?? UNREADABLE;
}

const OBJECT = /not approved to (?:access|use) the (\w+) (?:object|field)/;

/** A scope first, then protected data, then the rest: what a merchant can do something about. */
function lacksOf(errors: GraphqlError[]): Lack[] {
  const [scopes, what, others] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { message, extensions } of errors) {
    const says = String(message ?? "");
    const [, object] = OBJECT.exec(says) ?? [];
    const needed = extensions?.code === "ACCESS_DENIED" ? scopeIn(String(extensions.requiredAccess ?? says)) : null;
    if (object) what.add(object);
    else if (needed) scopes.add(needed);
    else others.add(says);
  }
  return [
    ...(scopes.size > 0 ? [{ is: "scope missing" as const, scopes: [...scopes] }] : []),
    ...(what.size > 0 ? [{ is: "not approved" as const, what: [...what] }] : []),
    ...[...others].map((says) => ({ is: "refused" as const, says })),
  ];
}

/** Any one of those that it names would do; the first is the usual one. */
const scopeIn = (text: string): string | null => /`([a-z_]+)`/.exec(text)?.[1] ?? null;
