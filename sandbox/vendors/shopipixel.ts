// ShopiPixel, as its "Public REST API" page describes it: events in, events and statistics out.
import { currency, integer, list, matching, number, openShape, shape, text } from "./check.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { DAY, HOUR, inSeconds, MINUTE, makeLimit } from "./limit.ts";
import { listEvents, type Stored, statistics } from "./shopipixel-reads.ts";
import {
  byRoute,
  type Call,
  header,
  isObject,
  keepingBooks,
  Refusal,
  type Reply,
  type Route,
  readJson,
  type Vendor,
  type World,
} from "./vendor.ts";

interface Key {
  plan: "enterprise" | "free";
  may: string[];
}
const KEYS: Record<string, Key> = {
  sp_sandbox: { plan: "enterprise", may: ["events:read", "events:write", "stats:read"] },
  sp_sandbox_read: { plan: "enterprise", may: ["events:read", "stats:read"] },
  sp_sandbox_write: { plan: "enterprise", may: ["events:write"] },
  sp_sandbox_free: { plan: "free", may: ["events:read", "events:write", "stats:read"] },
};
const NAMES = [
  "PageView",
  "ViewContent",
  "AddToCart",
  "InitiateCheckout",
  "AddPaymentInfo",
  "AddToWishlist",
  "Purchase",
];
/** Custom events that are defined and active in the sandbox's account. */
const CUSTOM = ["OrderRefunded"];
const MOST_BYTES = 512 * 1024;
const DUPLICATE_WINDOW = 20 * MINUTE;

const content = shape({ id: text }, { quantity: integer, itemPrice: number });
// Free of form ("returned unchanged"), but what the page names of it must be as the page shows it.
const customData = openShape(
  {},
  { currency, value: number, orderId: text, contents: list(content), contentIds: list(text) },
);
const userData = shape(
  {},
  {
    email: matching(/@/, "an e-mail address in clear text"),
    phone: matching(/^\+?[\d ()/.-]{5,20}$/, "a phone number in clear text"),
  },
);
const eventShape = shape({ eventName: text, eventId: text, eventTime: integer }, { userData, customData });

const no = (status: number, error: string, more: object = {}): Reply => ({
  status,
  json: { success: false, error, ...more },
});

export function shopipixel(world: World): Vendor {
  const ledger = openLedger(world.now);
  const limit = makeLimit(world, 1000, HOUR);
  const stored: Stored[] = [];
  const seen = new Map<string, number>();

  function enter(call: Call, permission: string): void {
    const given = /^Bearer (sp_\S+)$/.exec(header(call, "authorization"))?.[1] ?? "";
    const key = KEYS[given];
    if (!key) throw new Refusal(no(401, "unauthorized"));
    if (key.plan !== "enterprise") throw new Refusal(no(403, "Enterprise plan required"));
    if (!key.may.includes(permission)) throw new Refusal(no(403, `Permission ${permission} required`));
    const verdict = limit(given);
    if (verdict.allowed) return;
    throw new Refusal({
      ...no(429, "Rate limit exceeded"),
      headers: { "retry-after": String(inSeconds(verdict.wait)) },
    });
  }

  function create(call: Call): Reply {
    enter(call, "events:write");
    const given = readBody(call);
    if (!Array.isArray(given)) return single(take(given, ledger, world, seen, stored));
    if (given.length < 1 || given.length > 100) {
      throw new Refusal(no(400, "validation_failed"), `a bulk request carries 1 to 100 events, not ${given.length}`);
    }
    return {
      status: 200,
      json: { success: true, results: given.map((event) => take(event, ledger, world, seen, stored)) },
    };
  }

  function read(call: Call): Reply {
    enter(call, "events:read");
    return listEvents(call.query, stored);
  }
  function count(call: Call): Reply {
    enter(call, "stats:read");
    return statistics(call.query, stored, world.now());
  }
  const routes: Route[] = [
    ["POST", /^\/api\/v1\/events$/, create],
    ["GET", /^\/api\/v1\/events$/, read],
    ["GET", /^\/api\/v1\/stats$/, count],
  ];
  return keepingBooks(ledger, (call) => byRoute(routes, call) ?? no(404, "not_found"));
}

interface Taken {
  success: boolean;
  eventId?: string;
  duplicate?: true;
  error?: string;
  message?: string;
}
const single = (taken: Taken): Reply => ({ status: taken.success ? 200 : 400, json: taken });

function readBody(call: Call): unknown {
  if (call.body.length > MOST_BYTES) {
    throw new Refusal(no(413, "Request body too large"), `the body has ${call.body.length} bytes, more than 512 KB`);
  }
  try {
    return readJson(call.body);
  } catch (cause) {
    throw new Refusal(no(400, "invalid_json"), `the body is no JSON: ${String(cause)}`);
  }
}

function take(given: unknown, ledger: Ledger, world: World, seen: Map<string, number>, stored: Stored[]): Taken {
  const event = isObject(given) ? given : {};
  const eventId = typeof event.eventId === "string" ? event.eventId : undefined;
  const failed = (error: string, message: string): Taken => {
    ledger.breach(`${error}: ${message}`);
    return { success: false, eventId, error, message };
  };
  const wrong = eventShape(given, "") ?? outsideWindow(Number(event.eventTime), world.now());
  if (wrong) return failed("validation_failed", wrong);
  const sent = given as unknown as Stored;
  if (!NAMES.includes(sent.eventName) && !CUSTOM.includes(sent.eventName)) {
    return failed("event_not_found", `${sent.eventName} is no standard event and has not been defined`);
  }
  if (/@|"(e-?mail|phone|first_?name|last_?name|address)"/i.test(JSON.stringify(sent.customData ?? {}))) {
    ledger.breach("customData holds personal data, and is given out unchanged to whoever reads events");
  }
  const entry = ledger.carry(sent.eventName, sent.eventId);
  const before = seen.get(sent.eventId);
  // The page also speaks of "fingerprint-equivalent" events, without saying what they are: only the id is compared here.
  if (before !== undefined && world.now() - before < DUPLICATE_WINDOW) {
    return { success: true, duplicate: true, eventId: sent.eventId };
  }
  seen.set(sent.eventId, world.now());
  stored.push({ ...sent, receivedAt: world.now() });
  const data = sent.customData ?? {};
  ledger.count(entry, { value: data.value, currency: data.currency, userData: Object.keys(sent.userData ?? {}) });
  return { success: true, eventId: sent.eventId };
}

function outsideWindow(eventTime: number, now: number): string | null {
  const seconds = Math.floor(now / 1000);
  if (eventTime < seconds - DAY / 1000) return "eventTime is more than 24 hours ago";
  return eventTime > seconds + 300 ? "eventTime is more than 5 minutes in the future" : null;
}
