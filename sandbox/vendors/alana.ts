// alana.shopping's events API: seven types, up to 100 in a request, no memory of what it had before.
import { createHash } from "node:crypto";
import { currency, list, number, object, oneOf, type Rule, shape, text } from "./check.ts";
import { openLedger } from "./ledger.ts";
import { inSeconds, MINUTE, makeLimit } from "./limit.ts";
import {
  byRoute,
  type Call,
  header,
  isObject,
  keepingBooks,
  Refusal,
  type Reply,
  readJson,
  type Vendor,
  type World,
} from "./vendor.ts";

const KEYS = ["ak_sandbox"];
const MOST_EVENTS = 100;

const REQUIRED: Record<string, Record<string, Rule>> = {
  "home-page-view": {},
  search: { query: text },
  "category-view": { categoryPath: text },
  "detail-page-view": { productId: text },
  "add-to-cart": { productId: text },
  "shopping-cart-page-view": {},
  "purchase-complete": { productIds: list(text, 1), revenue: number, currency },
};
const COMMON = { eventType: oneOf(...Object.keys(REQUIRED)), visitorId: text };
const OPTIONAL = { userId: text, metadata: object };

const no = (status: number, code: string, message: string): Reply => ({ status, json: { error: { code, message } } });

export function alana(world: World): Vendor {
  const ledger = openLedger(world.now);
  const byKey = makeLimit(world, 1000, MINUTE);
  const byKeyAndAddress = makeLimit(world, 100, MINUTE);

  function enter(call: Call): void {
    const key = header(call, "x-api-key") || (call.query.get("key") ?? "");
    if (!KEYS.includes(key)) throw new Refusal(no(401, "unauthorized", "The API key is missing or not valid"));
    const verdict = [byKeyAndAddress(`${key} ${call.address}`), byKey(key)].find(({ allowed }) => !allowed);
    if (!verdict) return;
    const headers = { "retry-after": String(inSeconds(verdict.wait)) };
    throw new Refusal({ ...no(429, "rate_limited", "Too many requests"), headers });
  }
  function store(event: unknown): boolean {
    const wrong = wrongIn(event);
    if (wrong) {
      ledger.breach(wrong);
      return false;
    }
    const stored = event as Record<string, unknown>;
    const { productId, productIds, revenue, currency: money, metadata } = stored;
    const facts = { productId, productIds, revenue, currency: money, metadata };
    ledger.count(ledger.carry(String(stored.eventType), keyOf(stored)), facts);
    return true;
  }
  function take(call: Call): Reply {
    enter(call);
    const results = eventsOf(call).map(store);
    const stored = results.filter(Boolean).length;
    return { status: 200, json: { status: "ok", stored, errors: results.length - stored } };
  }
  const nowhere = no(404, "not_found", "There is nothing at this path");
  return keepingBooks(ledger, (call) => byRoute([["POST", /^\/api\/v1\/events$/, take]], call) ?? nowhere);
}

function eventsOf(call: Call): unknown[] {
  const refuse = (message: string) => new Refusal(no(400, "bad_request", message), message);
  let body: unknown;
  try {
    body = readJson(call.body);
  } catch (cause) {
    throw refuse(`the body is no JSON: ${String(cause)}`);
  }
  const events = isObject(body) ? body.events : undefined;
  if (!Array.isArray(events) || events.length === 0) throw refuse("events must be an array that is not empty");
  if (events.length > MOST_EVENTS) throw refuse(`at most ${MOST_EVENTS} events fit in a request, not ${events.length}`);
  return events;
}

function wrongIn(event: unknown): string | null {
  const type = isObject(event) ? String(event.eventType) : "";
  return shape({ ...COMMON, ...REQUIRED[type] }, OPTIONAL)(event, "");
}

/** The API gives events no id: two that say the same are told apart by nothing. */
const keyOf = (event: Record<string, unknown>) =>
  createHash("sha256").update(JSON.stringify(event)).digest("hex").slice(0, 16);
