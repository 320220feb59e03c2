// Tolinku's Ecommerce API: events in, one by one or in batches; revenue figures out; a user erased.
import { openLedger } from "./ledger.ts";
import { DAY, inSeconds, MINUTE, makeLimit } from "./limit.ts";
import { type Sent, type Stored, wrongIn } from "./tolinku-fields.ts";
import { queryRoutes } from "./tolinku-queries.ts";
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
  secret: boolean;
  plan: "growth" | "free" | "nearly used up" | "used up";
}
const KEYS: Record<string, Key> = {
  tolk_sec_sandbox: { secret: true, plan: "growth" },
  tolk_pub_sandbox: { secret: false, plan: "growth" },
  tolk_sec_free: { secret: true, plan: "free" },
  tolk_sec_nearly_used_up: { secret: true, plan: "nearly used up" },
  tolk_sec_used_up: { secret: true, plan: "used up" },
};
const MOST_EVENTS = 100;
const EVENTS = "/v1/api/analytics/ecommerce";

const no = (status: number, error: string, more: object = {}): Reply => ({ status, json: { error, ...more } });
const bad = (error: string) => new Refusal(no(400, error), error);

export function tolinku(world: World): Vendor {
  const ledger = openLedger(world.now);
  const limit = makeLimit(world, 1000, MINUTE);
  const transactions = new Map<string, number>();
  let stored: Stored[] = [];

  function enter(call: Call, secret: boolean): void {
    const verdict = limit(call.address);
    if (!verdict.allowed) {
      const reset = String(inSeconds(verdict.wait));
      const headers = {
        "retry-after": reset,
        "ratelimit-limit": String(verdict.limit),
        "ratelimit-remaining": "0",
        "ratelimit-reset": reset,
      };
      throw new Refusal({ ...no(429, "Too many requests. Please slow down."), headers });
    }
    const key = keyOf(call);
    if (!key) throw new Refusal(no(401, "Invalid API key"));
    if (key.plan === "free") {
      throw new Refusal(no(403, "Ecommerce events are not available on the free tier", { code: "FEATURE_GATED" }));
    }
    if (secret && !key.secret) throw new Refusal(no(403, "Secret key required"));
    if (!secret && key.plan === "used up") throw new Refusal(no(429, "Ecommerce event quota exceeded"));
  }
  function take(event: Sent): void {
    const { event_type, transaction_id, revenue, currency } = event;
    const entry = ledger.carry(event_type, transaction_id ?? event.cart_id ?? event.user_id ?? "nobody");
    if (transaction_id !== undefined && ["purchase", "refund"].includes(event_type)) {
      // Whether the kind of event is part of the key is not documented: the stricter reading is taken.
      const before = transactions.get(transaction_id);
      if (before !== undefined && world.now() - before < DAY) return;
      transactions.set(transaction_id, world.now());
    }
    stored.push({ ...event, at: world.now() });
    ledger.count(entry, {
      ...{ revenue, currency, user_id: event.user_id, coupon_code: event.coupon_code, items: event.items?.length },
    });
  }
  function track(call: Call): Reply {
    enter(call, false);
    const event = bodyOf(call);
    const wrong = wrongIn(event);
    if (wrong) throw bad(wrong);
    take(event as Sent);
    return { status: 200, json: { ok: true } };
  }
  function batch(call: Call): Reply {
    enter(call, false);
    const body = bodyOf(call);
    const events = isObject(body) ? body.events : undefined;
    if (!Array.isArray(events) || events.length === 0) throw bad("events array is required and must not be empty");
    if (events.length > MOST_EVENTS) throw bad("Maximum 100 events per batch");
    const errors = events.flatMap((event, at) => {
      const wrong = wrongIn(event);
      if (wrong) ledger.breach(wrong);
      else take(event as Sent);
      return wrong ? [`events[${at}]: ${wrong}`] : [];
    });
    const accepted = events.length - errors.length;
    return { status: 200, json: { ok: true, accepted, ...(errors.length ? { errors } : {}) } };
  }
  function forget(call: Call, [user = ""]: string[]): Reply {
    enter(call, true);
    stored = stored.filter((event) => event.user_id !== user);
    ledger.count(ledger.carry("deleted user", user));
    return { status: 200, json: { ok: true, deleted_user_id: user } };
  }
  const queries = queryRoutes(`${EVENTS}/`, {
    enter: (call) => enter(call, true),
    events: () => stored,
    now: world.now,
  });
  const routes: Route[] = [
    ["POST", new RegExp(`^${EVENTS}/track$`), track],
    ["POST", new RegExp(`^${EVENTS}/batch$`), batch],
    ["DELETE", /^\/v1\/api\/analytics\/user\/([^/]+)$/, forget],
    ...queries,
  ];
  return keepingBooks(ledger, (call) => warned(keyOf(call), byRoute(routes, call) ?? no(404, "Not found")));
}

const keyOf = (call: Call) => KEYS[header(call, "x-api-key") || header(call, "authorization").replace(/^Bearer /, "")];

/** From 80 % of a limit on, every answer says so. */
const warned = (key: Key | undefined, reply: Reply): Reply =>
  key?.plan === "nearly used up"
    ? { ...reply, headers: { ...reply.headers, "x-usage-warning": "85% of monthly API calls used" } }
    : reply;

function bodyOf(call: Call): unknown {
  try {
    return readJson(call.body);
  } catch (cause) {
    throw bad(`the body is no JSON: ${String(cause)}`);
  }
}
