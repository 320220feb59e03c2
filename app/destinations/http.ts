// The one way out to a vendor: a request with a time-out, and what a status or a broken connection means for the road.
import type { Answer, Http, Outcome, Request } from "./destination.ts";

/** Not one byte of the request was written (DNS, refused, TLS, no budget): it may simply be sent again. */
export class NothingSent extends Error {}

/** The request may have been carried out, but its answer did not arrive or cannot be read. */
export class AnswerLost extends Error {}

export const REQUEST_TIMEOUT = 10_000;
const LONGEST_ANSWER = 8 * 1024 * 1024;

// What undici and OpenSSL call a connection that was never made.
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_CERT|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

export interface WayOut {
  baseUrl: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
  timeout?: number;
}

/** @returns an Http that throws NothingSent or AnswerLost, and answers every status without a throw. */
export function openHttp(way: WayOut): Http {
  return async (request) => {
    const { url, headers, body } = written(way, request);
    const what = `${request.method} ${url.origin}${url.pathname}`;
    const signal = AbortSignal.timeout(way.timeout ?? REQUEST_TIMEOUT);
    try {
      const response = await way.fetch(url, { method: request.method, headers, body, signal, redirect: "manual" });
      return await answerOf(response, what);
    } catch (cause) {
      if (cause instanceof AnswerLost) throw cause;
      const code = codeOf(cause);
      if (NEVER_CONNECTED.test(code)) throw new NothingSent(`${what}: no connection (${code})`, { cause });
      if (signal.aborted)
        throw new AnswerLost(`${what}: no answer within ${(way.timeout ?? REQUEST_TIMEOUT) / 1000} s`, { cause });
      throw new AnswerLost(`${what}: the connection broke (${code || "no code"})`, { cause });
    }
  };
}

/**
 * What a status means unless the data sheet knows better; for every message of the request alike.
 * A 2xx never comes here: only the data sheet can read a yes.
 */
export function outcomeOf(answer: Answer): Outcome {
  const reason = wordsOf(answer);
  if (answer.status === 401) return { is: "pause", scope: "connection", reason };
  if ([301, 308, 403, 404].includes(answer.status)) return { is: "pause", scope: "channel", reason };
  // Led elsewhere for now, by something in between: the vendor itself has not seen it.
  const unseen = answer.status >= 300 && answer.status < 400;
  if (unseen || answer.status === 429 || answer.status === 425)
    return { is: "retry", reason, after: retryAfter(answer) };
  if (answer.status === 408 || answer.status >= 500 || answer.status < 300) {
    return { is: "doubt", reason, after: retryAfter(answer) };
  }
  return { is: "split", reason };
}

/** The vendor's own words with the status, for the page: "403 Enterprise plan required". At most 300 characters. */
export function wordsOf(answer: Answer): string {
  const said = wordsIn(answer.json) ?? answer.text.replace(/\s+/g, " ").trim();
  return `${answer.status} ${said}`.trim().slice(0, 300);
}

/** Milliseconds to wait: Retry-After in seconds or as a date, else RateLimit-Reset in seconds; undefined where neither is there. */
export function retryAfter(answer: Answer, now = Date.now()): number | undefined {
  const said = answer.headers.get("retry-after");
  if (said && /^\d+(\.\d+)?$/.test(said.trim())) return Math.ceil(Number(said) * 1000);
  if (said && !Number.isNaN(Date.parse(said))) return Math.max(0, Date.parse(said) - now);
  const reset = answer.headers.get("ratelimit-reset");
  return reset && /^\d+$/.test(reset.trim()) ? Number(reset) * 1000 : undefined;
}

/** Milliseconds until the vendor counts anew, where a RateLimit header of a good answer says that nothing is left; else undefined. */
export function usedUp(answer: Answer): number | undefined {
  if (answer.headers.get("ratelimit-remaining")?.trim() === "0") return retryAfter(answer);
  const [, left, seconds] = /(?:^|[;,\s])r=(\d+)\b.*?[;,\s]t=(\d+)/.exec(answer.headers.get("ratelimit") ?? "") ?? [];
  return left === "0" ? Number(seconds) * 1000 : undefined;
}

function wordsIn(json: unknown): string | undefined {
  if (typeof json === "string") return json;
  if (typeof json !== "object" || json === null) return undefined;
  const fields = json as Record<string, unknown>;
  const said = ["error", "message", "detail", "title", "code"].map((name) => fields[name]);
  for (const part of said) {
    if (typeof part === "string" && part) return part;
    const inner = wordsIn(part);
    if (inner) return inner;
  }
  return undefined;
}

/** @throws NothingSent where it cannot be written: an address that is none, a key with a character that no header can hold. */
function written(way: WayOut, request: Request) {
  try {
    const url = urlOf(way.baseUrl, request);
    const body = request.json === undefined ? undefined : JSON.stringify(request.json);
    const headers = new Headers({ accept: "application/json", ...way.headers, ...request.headers });
    if (body !== undefined) headers.set("content-type", "application/json");
    return { url, headers, body };
  } catch (cause) {
    throw new NothingSent(`${request.method} ${request.path}: the request cannot be written`, { cause });
  }
}

function urlOf(baseUrl: string, request: Request): URL {
  const url = new URL(baseUrl.replace(/\/+$/, "") + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

async function answerOf(response: Response, what: string): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LONGEST_ANSWER) throw new AnswerLost(`${what}: ${response.status} with an answer of more than 8 MB`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller sees that it is no JSON, and has the text
  }
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === "string") return code;
    if (at instanceof AggregateError) return codeOf(at.errors[0]);
  }
  return "";
}
