// Is this a request that a page can be asked with? What no page could make sense of is answered here, with a sentence.
import type { IncomingMessage } from "node:http";
import { Refusal } from "./body.ts";

const VERBS = ["GET", "HEAD", "POST"];

/** The path and what follows it, with one slash in front: clients that joined addresses carelessly send more, or the whole URL. */
export function targetOf(request: IncomingMessage): string {
  const target = (request.url ?? "/").replace(/^https?:\/\/[^/?#]*/i, "").replace(/^\/+/, "/");
  return target.startsWith("?") || target === "" ? `/${target}` : target;
}

/**
 * @param origin the app's own, which a proxy in front may hide behind another Host.
 * @throws Refusal 400, 403 for a form that no page of the app sent, or 405 for a verb that no page has
 */
export function mustBeSound(request: IncomingMessage, origin: string): void {
  if (!VERBS.includes(request.method ?? "")) throw new Refusal(405, "the pages are read and posted to");
  const hosts = request.headersDistinct.host ?? [];
  const [host = ""] = hosts;
  if (hosts.length !== 1 || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`))
    throw new Refusal(400, "the Host header names no host");
  const target = request.url ?? "";
  if (!target.startsWith("/") || !URL.canParse(`http://${host}${target}`) || !isText(target.split("?", 1)[0] ?? ""))
    throw new Refusal(400, "the address is not well-formed");
  if (/%00/.test(target)) throw new Refusal(400, "the address holds a character that no page takes (U+0000)");
  const from = request.headersDistinct.origin ?? [];
  if (request.method === "POST" && from.length > 0 && !(from.length === 1 && isOwn(from[0] ?? "", host, origin)))
    throw new Refusal(403, "the form was not sent by a page of this app");
}

/** Who ends TLS in front tells no scheme, so that of the host that was asked either counts. */
function isOwn(from: string, host: string, origin: string): boolean {
  const url = URL.parse(from);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.origin === origin || url.host === URL.parse(`${url.protocol}//${host}`)?.host;
}

function isText(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false; // URIError: it says no more than that
  }
}
