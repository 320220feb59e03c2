// Keys of ENCRYPTION_KEY that open nothing of what is stored: a wrong one would else be noticed when a delivery is due.
import type { Database } from "../base/database.ts";
import { openKeyring } from "../base/secrets.ts";
import { storedSecrets } from "./rotation.ts";

/** @param value ENCRYPTION_KEY. @returns a sentence for each such key, without the key; none while nothing is stored. */
export async function uselessKeys(db: Database, value: string): Promise<string[]> {
  const rings = value.split(",").map((part) => ({ name: nameOf(part), ring: openKeyring(part) }));
  const useless = new Set(rings);
  let stored = 0;
  for await (const { sealed, context } of storedSecrets(db)) {
    stored += 1;
    for (const one of useless) if (one.ring.isCurrent(sealed, context)) useless.delete(one);
    if (useless.size === 0) return [];
  }
  if (stored === 0) return [];
  if (useless.size === rings.length)
    return [`ENCRYPTION_KEY opens nothing of what is stored (${stored} secrets): the key that sealed them is missing.`];
  return [...useless].map(({ name }) =>
    name === rings[0]?.name
      ? `The key "${name}" of ENCRYPTION_KEY opens nothing that is stored yet: \`npm run rotate-keys\` seals all of it with this key.`
      : `The key "${name}" of ENCRYPTION_KEY opens nothing of what is stored: it can be dropped, or it is not the one that was meant.`,
  );
}

const nameOf = (part: string) => (part.includes(":") ? (part.trim().split(":", 1)[0] ?? "") : "1");
