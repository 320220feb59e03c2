// Seals and opens credentials: AES-256-GCM, the key's id in the record, so that keys can be rotated.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

export interface Keyring {
  /** @param context what the secret belongs to; it opens only with the same one, so a record cannot be moved. */
  seal(text: string, context: string): string;
  /** With whichever key of the ring; their ids are hints only, so they may be chosen anew. @throws where no key opens it: it is gone, or the record was changed or moved. */
  open(sealed: string, context: string): string;
  /** A stable pseudonym that does not give its input away; the same for every key of the ring. */
  pseudonym(text: string): string;
  /** Does the newest key open it? */
  isCurrent(sealed: string, context: string): boolean;
}

/**
 * @param value `ENCRYPTION_KEY`: `id:base64`, newest first, separated by commas; a lone key needs no id. The last one makes the pseudonyms.
 * @throws one sentence that names ENCRYPTION_KEY.
 */
export function openKeyring(value: string): Keyring {
  const keys = value.split(",").map(readKey);
  mustDiffer(keys);
  const [newest] = keys;
  const eldest = keys.at(-1);
  if (!newest || !eldest) throw new Error("ENCRYPTION_KEY is empty");
  const pseudonyms = createHash("sha256").update("pseudonym").update(eldest.key).digest();
  return {
    seal(text, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", newest.key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${newest.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64")}`;
    },
    open(sealed, context) {
      for (const key of hintedFirst(keys, sealed)) {
        const text = openWith(key, sealed, context);
        if (text !== null) return text;
      }
      throw new Error(`no key in ENCRYPTION_KEY opens the secret of ${context}`);
    },
    pseudonym: (text) => createHmac("sha256", pseudonyms).update(text).digest("base64url").slice(0, 32),
    isCurrent: (sealed, context) => openWith(newest, sealed, context) !== null,
  };
}

interface Key {
  id: string;
  key: Buffer;
}
/** Of a record: nonce, tag, then what is sealed. A shorter tag, which Node would take, can be guessed. */
const [NONCE, TAG] = [12, 16];

function readKey(part: string): Key {
  const [id, text] = part.includes(":") ? part.trim().split(":", 2) : ["1", part.trim()];
  const key = Buffer.from(text ?? "", "base64");
  if (!id || key.length !== 32)
    throw new Error("ENCRYPTION_KEY must be 32 random bytes as base64, or id:base64 pairs with commas between");
  return { id, key };
}

/** @throws where two have one name, or one has two: then no rotation does what its names say. */
function mustDiffer(keys: Key[]): void {
  for (const [at, one] of keys.entries())
    for (const other of keys.slice(0, at)) {
      if (other.id === one.id)
        throw new Error(
          `ENCRYPTION_KEY has two keys named "${one.id}"; each key of a list needs a name of its own: new:…,old:…`,
        );
      if (other.key.equals(one.key))
        throw new Error(`ENCRYPTION_KEY has one key under two names, "${other.id}" and "${one.id}"`);
    }
}

const hintedFirst = (keys: Key[], sealed: string) => {
  const hint = sealed.slice(0, sealed.lastIndexOf("."));
  return keys.toSorted((one, other) => Number(other.id === hint) - Number(one.id === hint));
};

/** null: not with this one. */
function openWith({ key }: Key, sealed: string, context: string): string | null {
  const bytes = Buffer.from(sealed.slice(sealed.lastIndexOf(".") + 1), "base64");
  if (bytes.length < NONCE + TAG) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString("utf8");
  } catch {
    return null; // the tag does not fit: another key's, another place's, or changed
  }
}
