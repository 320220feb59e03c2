// A request as a person may look at it: no secret in it, and nobody's address, name or number; every other character as it would leave.
import { PERSONAL } from "../connections/redact.ts";

export const HIDDEN = "••••";

/** Node's JSON tells how a number is written, and writes one that way again; TypeScript does not know it yet. */
const exact = JSON as unknown as {
  parse(text: string, look: (name: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(source: string): unknown;
};

/** Laid out in lines; what is no JSON stays as it is. */
export function maskedBody(body: string, secrets: string[]): string {
  try {
    const told = exact.parse(body, (_, value, { source }) =>
      typeof value === "number" && source !== undefined ? exact.rawJSON(source) : value,
    );
    return withoutSecrets(JSON.stringify(masked(told, false), null, 2), secrets);
  } catch {
    return withoutSecrets(body, secrets);
  }
}

const isRaw = (value: object): boolean => (JSON as unknown as { isRawJSON(value: unknown): boolean }).isRawJSON(value);

function masked(value: unknown, isPersonal: boolean): unknown {
  if (typeof value === "string") return (isPersonal && value !== "") || value.includes("@") ? HIDDEN : value;
  if (Array.isArray(value)) return value.map((one) => masked(one, isPersonal));
  if (typeof value !== "object" || value === null || isRaw(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, masked(one, isPersonal || PERSONAL.test(name))]),
  );
}

export const withoutSecrets = (text: string, secrets: string[]): string =>
  secrets
    .filter((secret) => secret.length > 3)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
