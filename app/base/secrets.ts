// Seals and opens credentials: AES-256-GCM, the key's id in the record, so that keys can be rotated.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

export interface Keyring {
  /** @param context what the secret belongs to; it opens only with the same one, so a record cannot be moved. */
  seal(text: string, context: string): string;
  /** @throws where the key is gone, or the record was changed or moved. */
  open(sealed: string, context: string): string;
  /** A stable pseudonym that does not give its input away; the same for every key of the ring. */
  pseudonym(text: string): string;
  /** Was it sealed with the newest key? */
  isCurrent(sealed: string): boolean;
}

/**
 * @param value `ENCRYPTION_KEY`: `id:base64`, newest first, separated by commas; a lone key needs no id. The last one makes the pseudonyms.
 * @throws one sentence that names ENCRYPTION_KEY.
 */
export function openKeyring(value: string): Keyring {
  const keys = value.split(",").map((part) => {
    const [id, text] = part.includes(":") ? part.trim().split(":", 2) : ["1", part.trim()];
    const key = Buffer.from(text ?? "", "base64");
    if (!id || key.length !== 32)
      throw new Error("ENCRYPTION_KEY must be 32 random bytes as base64, or id:base64 pairs with commas between");
    return { id, key };
  });
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
      const dot = sealed.indexOf(".");
      const found = keys.find(({ id }) => id === sealed.slice(0, dot));
      if (!found) throw new Error(`no key ${sealed.slice(0, dot)} in ENCRYPTION_KEY to open a secret of ${context}`);
      const bytes = Buffer.from(sealed.slice(dot + 1), "base64");
      const decipher = createDecipheriv("aes-256-gcm", found.key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
    pseudonym: (text) => createHmac("sha256", pseudonyms).update(text).digest("base64url").slice(0, 32),
    isCurrent: (sealed) => sealed.startsWith(`${newest.id}.`),
  };
}
