// Remembers which carts and checkouts became an order: whoever bought did not leave.
import type { Time } from "./facts.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";
import { utc } from "./version.ts";

interface Tokens {
  checkout?: string | null;
  cart?: string | null;
}
const LIFE_MS = 30 * 24 * 60 * 60 * 1000;

export const boughtKeys = ({ checkout, cart }: Tokens): SnapshotKey[] =>
  Object.entries({ checkout, cart }).flatMap(([name, token]) =>
    token ? [{ kind: "bought", id: `${name}:${token}` }] : [],
  );

export const rememberBought = (tokens: Tokens, placedAt: Time, known: Known, heard: Heard): Snapshot[] =>
  boughtKeys(tokens)
    .filter((key) => utc(placedAt) > (known(key)?.version ?? ""))
    .map((key) => ({
      ...key,
      version: utc(placedAt),
      data: { placedAt },
      expiresAt: new Date(Date.parse(heard.heardAt) + LIFE_MS).toISOString(),
    }));

/** When an order came of it; null: none did, as far as is known. */
export function boughtAt(tokens: Tokens, known: Known): Time | null {
  const found = boughtKeys(tokens).flatMap(
    (key) => (known(key)?.data as { placedAt: Time } | undefined)?.placedAt ?? [],
  );
  return found.sort((one, other) => Date.parse(other) - Date.parse(one))[0] ?? null;
}
