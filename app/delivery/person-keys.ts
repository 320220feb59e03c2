// Numbers by which an erasure finds, among a million events, those in which a customer, an e-mail address or a phone number stands.
import { hash } from "node:crypto";
import { subjectOf } from "../events/keys.ts";

/** All spellings of a phone number share so many digits at their end; whether it is the same is seen by whoever reads the row. */
export const TAIL = 7;

const IDS = [
  ["order", "customer", "id"],
  ["checkout", "customerId"],
  ["page", "customerId"],
  ["customer", "id"],
  ["customerId"],
  ["mergedId"],
];

/** @returns null where nobody stands in the data of an event or a snapshot. */
export function personKeys(data: unknown): string[] | null {
  const names = new Set(
    IDS.flatMap((path) => {
      const id = path.reduce<unknown>((at, name) => (at as Fields | null | undefined)?.[name], data);
      return typeof id === "string" ? [subjectOf("customer", id)] : [];
    }),
  );
  collect(data, names);
  return names.size > 0 ? [...names].map(keyOf) : null;
}

type Fields = Record<string, unknown>;

/** The first eight bytes of a SHA-256, as PostgreSQL's bigint. */
export const keyOf = (name: string): string =>
  BigInt.asIntN(64, BigInt(`0x${hash("sha256", name).slice(0, 16)}`)).toString();

function collect(value: unknown, into: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, one] of Object.entries(value)) {
    if (name === "email" || name === "phone") {
      // What is known of a customer is kept with the time at which it was said.
      const text = typeof one === "string" ? one : (one as Fields | null)?.value;
      if (typeof text !== "string") continue;
      into.add(
        name === "email" ? `mail:${text.trim().toLowerCase()}` : `phone:${text.replace(/\D/g, "").slice(-TAIL)}`,
      );
    } else if (typeof one === "object") collect(one, into);
  }
}
