// A request as it left, made ready to be kept: method, address, headers and body as one text, without what is secret, packed.
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Written } from "../../destinations/http.ts";
import type { OpenConnection } from "../connections/open-connection.ts";

/** In the place of a key or the like. */
export const SECRET = "[secret]";

/** Below this packing saves less than it costs. */
const WORTH_PACKING = 600;
const PACKED = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]); // how zstd begins
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Headers and parameters of an address that hold secrets by their name, in whatever form. */
const SECRET_NAME = /auth|cookie|secret|token|key|password|signature/i;

type Of = Pick<OpenConnection, "sheet" | "settings">;

export const keptOf = (written: Written, connection: Of): Buffer =>
  pack(writeSent(withoutSecrets(written, connection)));

export function withoutSecrets({ method, url, headers, body }: Written, connection: Of): Sent {
  const without = cutterOf(connection);
  return {
    method,
    address: without(addressOf(url)),
    headers: [...headers].map(([name, value]) => [name, SECRET_NAME.test(name) ? SECRET : without(value)]),
    body: without(body ?? ""),
  };
}

export function pack(text: string): Buffer {
  const bytes = Buffer.from(text);
  return bytes.length < WORTH_PACKING ? bytes : zstdCompressSync(bytes, QUICKLY);
}

export const unpack = (kept: Buffer): string =>
  (kept.subarray(0, PACKED.length).equals(PACKED) ? zstdDecompressSync(kept) : kept).toString("utf8");

export interface Sent {
  method: string;
  address: string;
  headers: [name: string, value: string][];
  /** "": it has none. */
  body: string;
}

/** In the order of HTTP: a line for the method and the address, one for each header, an empty one, the body. */
export const writeSent = ({ method, address, headers, body }: Sent): string =>
  [`${method} ${address}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", body].join("\n");

export function readSent(text: string): Sent {
  const end = text.indexOf("\n\n");
  const [first = "", ...lines] = text.slice(0, end).split("\n");
  const space = first.indexOf(" ");
  return {
    method: first.slice(0, space),
    address: first.slice(space + 1),
    headers: lines.map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
    body: text.slice(end + 2),
  };
}

function addressOf(url: URL): string {
  if (!url.search) return url.href;
  const shown = new URL(url);
  for (const name of new Set(shown.searchParams.keys()))
    if (SECRET_NAME.test(name)) shown.searchParams.set(name, SECRET);
  return shown.href;
}

/** The settings that are secret, as they are and as JSON, an address and base64 write them. */
function cutterOf({ sheet, settings }: Of): (text: string) => string {
  const secrets = Object.keys(sheet.fields).flatMap((name) => (sheet.fields[name]?.secret && settings[name]) || []);
  const forms = new Set(
    secrets
      .filter((secret) => secret.length > 3)
      .flatMap((secret) => [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret.toWellFormed()),
        Buffer.from(secret).toString("base64"),
      ]),
  );
  return (text) => {
    let left = text;
    for (const form of forms) if (left.includes(form)) left = left.replaceAll(form, SECRET);
    return left;
  };
}
