// Reads the body of an answer, whatever it was packed and written in: bytes with a limit, then text, then JSON.
import { gunzipSync } from "node:zlib";
import { wellFormed } from "../base/text.ts";

export const MEGABYTES = 8;
const LONGEST = MEGABYTES * 1024 * 1024;

/** More than we take. */
export class TooLong extends Error {}

/** @throws TooLong, or whatever breaks on the way; `kept` is what came until then. */
export async function bytesOf(response: Response, kept: Uint8Array[]): Promise<void> {
  let size = 0;
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LONGEST) throw new TooLong(`an answer of more than ${MEGABYTES} MB`);
    kept.push(chunk);
  }
}

/** Well-formed text: by its byte order mark, which is no content, else by its charset; one that nobody knows is UTF-8. */
export function textOf(chunks: Uint8Array[], contentType: string | null): string {
  const bytes = unpacked(Buffer.concat(chunks));
  const said = /charset\s*=\s*"?\s*([^\s";]+)/i.exec(contentType ?? "")?.[1];
  return wellFormed(decoderOf(markOf(bytes) ?? said ?? "utf-8").decode(bytes));
}

// fetch unpacks what bears a name that it knows; gzip under another name, or none, is told by its first bytes.
function unpacked(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LONGEST });
  } catch {
    return bytes; // it is none: it stays what it is, and no yes can be read in it
  }
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "utf-8" : undefined;
}

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** null where there is no content, undefined where it is no JSON; every text in it well-formed. */
export function jsonOf(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text, (_name, part: unknown) => (typeof part === "string" ? wellFormed(part) : part));
  } catch {
    return undefined;
  }
}
