// What a vendor of the sandbox is: a request comes in, an answer goes out, and a ledger remembers.
import type { Ledger } from "./ledger.ts";
import type { Memory } from "./memory.ts";

export interface World {
  /** Milliseconds, by the vendors' own clock, which can be moved. */
  now(): number;
  /** false: the documented rate limits are lifted. */
  budgets: boolean;
  memory: Memory;
}
export interface Call {
  method: string;
  /** Below the vendor's base URL, with its leading slash. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** Who calls, by IP. */
  address: string;
}
export interface Reply {
  status: number;
  json?: unknown;
  headers?: Record<string, string>;
}
export interface Vendor {
  ledger: Ledger;
  answer(call: Call): Reply;
}
export type Route = [method: string, path: RegExp, answer: (call: Call, parts: string[]) => Reply];

/** Thrown where there is nothing left to decide: it is the answer. `breach` is the sentence for the ledger. */
export class Refusal extends Error {
  readonly reply: Reply;
  readonly breach?: string;
  constructor(reply: Reply, breach?: string) {
    super(breach ?? `refused with ${reply.status}`);
    this.reply = reply;
    this.breach = breach;
  }
}

/** @returns what the first fitting route answers; undefined where none fits. */
export function byRoute(routes: Route[], call: Call): Reply | undefined {
  for (const [method, path, answer] of routes) {
    const found = method === call.method ? path.exec(call.path) : null;
    if (found) return answer(call, found.slice(1).map(decodeURIComponent));
  }
  return undefined;
}

export function header(call: Call, name: string): string {
  const value = call.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** The vendor's answers with its refusals caught and written down. */
export function keepingBooks(ledger: Ledger, answer: (call: Call) => Reply): Vendor {
  return {
    ledger,
    answer(call) {
      const reply = caught(ledger, () => answer(call));
      ledger.answered(reply.status);
      return reply;
    },
  };
}

function caught(ledger: Ledger, answer: () => Reply): Reply {
  try {
    return answer();
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    if (cause.breach) ledger.breach(cause.breach);
    return cause.reply;
  }
}

const LONG_NUMBER = /[:[,]\s*-?\d{16,}/;

/** Whole numbers above 2^53 come back as bigint, so that no id is rounded. @throws SyntaxError */
export function readJson(body: Buffer): unknown {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  const exact = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
      ? BigInt(context?.source as string)
      : value;
  return JSON.parse(text, exact);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
