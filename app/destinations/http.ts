// The one way out to a vendor: a request with a time-out, the whole of its answer, or whether the vendor may have acted without one.
import { NothingLeft } from "../base/way-out.ts";
import { bytesOf, jsonOf, MEGABYTES, TooLong, textOf } from "./body.ts";
import type { Answer, Request } from "./destination.ts";
import { because, COMMON_REASONS, type Reason, tell } from "./reasons.ts";

/** `why` is what a page tells; the message says the same in English. */
class WithoutAnswer extends Error {
  readonly why: Reason;
  constructor(why: Reason, options?: ErrorOptions) {
    super(tell(COMMON_REASONS, why), options);
    this.why = why;
  }
}

/** Not one byte of the request was written (DNS, refused, TLS, no budget): it may simply be sent again. */
export class NothingSent extends WithoutAnswer {}

/** The request may have been carried out, but its answer did not arrive or cannot be read. */
export class AnswerLost extends WithoutAnswer {}

/** In words that a merchant reads; the code itself is in the cause. */
const WHY_NONE: Record<string, Reason> = {
  ECONNREFUSED: because("connection_refused"),
  ENOTFOUND: because("address_unknown"),
  EAI_AGAIN: because("address_not_looked_up"),
  ETIMEDOUT: because("nobody_answered"),
  UND_ERR_CONNECT_TIMEOUT: because("nobody_answered"),
  ECONNRESET: because("connection_cut"),
  CERT_HAS_EXPIRED: because("certificate_expired"),
};

export const REQUEST_TIMEOUT = 10_000;
export interface WayOut {
  baseUrl: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
  timeout?: number;
}

/** A request as it leaves. */
export interface Written {
  method: string;
  url: URL;
  headers: Headers;
  body: string | undefined;
}

/** An Http that hands each request to `note` as it leaves. */
export type Way = (request: Request, note?: (written: Written) => void) => Promise<Answer>;

/** @returns an Http that throws NothingSent or AnswerLost, and answers every status without a throw. */
export function openHttp(way: WayOut): Way {
  return async (request, note) => {
    const leaving = written(way, request);
    const { method, url, headers, body } = leaving;
    const signal = AbortSignal.timeout(way.timeout ?? REQUEST_TIMEOUT);
    try {
      const answer = way.fetch(url, { method, headers, body, signal, redirect: "manual" });
      note?.(leaving);
      return await answerOf(await answer);
    } catch (cause) {
      if (cause instanceof AnswerLost) throw cause;
      const code = codeOf(cause);
      if (cause instanceof NothingLeft)
        throw new NothingSent(because("no_connection", { why: WHY_NONE[code] ?? because("none_made") }), { cause });
      if (signal.aborted) {
        const seconds = `${(way.timeout ?? REQUEST_TIMEOUT) / 1000}`;
        throw new AnswerLost(because("no_answer_within", { seconds }), { cause });
      }
      throw new AnswerLost(because("connection_broke"), { cause });
    }
  };
}

/** @throws NothingSent where it cannot be written: an address that is none, a key with a character that no header can hold. */
function written(way: WayOut, request: Request): Written {
  try {
    const url = urlOf(way.baseUrl, request);
    const body = request.json === undefined ? undefined : JSON.stringify(request.json);
    const headers = new Headers({ accept: "application/json", ...way.headers, ...request.headers });
    if (body !== undefined) headers.set("content-type", "application/json");
    return { method: request.method, url, headers, body };
  } catch (cause) {
    throw new NothingSent(because("request_unwritable"), { cause });
  }
}

function urlOf(baseUrl: string, request: Request): URL {
  const url = new URL(baseUrl.replace(/\/+$/, "") + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

/** A no stands by its status, also where its body breaks off; a yes must be whole. */
async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const chunks: Uint8Array[] = [];
  try {
    await bytesOf(response, chunks);
  } catch (cause) {
    if (status < 300) {
      if (cause instanceof TooLong) {
        const why = because("answer_too_long", { status: `${status}`, megabytes: `${MEGABYTES}` });
        throw new AnswerLost(why, { cause });
      }
      throw cause;
    }
  }
  const text = textOf(chunks, headers.get("content-type"));
  return { status, headers, text, json: jsonOf(text) };
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === "string") return code;
    if (at instanceof AggregateError) return codeOf(at.errors[0]);
  }
  return "";
}
