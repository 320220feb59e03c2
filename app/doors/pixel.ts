// POST /pixel/<public key>: takes what a shop's web pixel saw. The call proves nothing, so it can lend a visitor and tell of
// browsing, and never makes an order; it is kept small, rare and in shape.

import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIPv6 } from "node:net";
import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import type { Arrival } from "../delivery/receive.ts";
import { PIXEL_POST } from "../events/read.ts";
import { USUAL_DAILY } from "../shopify/pixel-ceiling.ts";
import { bodyOf, dropTheRest, Refusal } from "./body.ts";
import type { Ceiling } from "./ceiling.ts";
import { type Hold, openGate } from "./gate.ts";
import { readPost } from "./pixel-post.ts";
import { openLimit } from "./rate.ts";

export interface PixelDoor {
  db: Sql;
  receive: (arrival: Arrival) => Promise<void>;
  /** How much each shop takes in a day. */
  ceiling: Ceiling;
  ring: (shop: string) => void;
  /** Notes the answer's status, and whether the browser named an origin: a header that anyone can write. */
  answered: (status: number, origin: "none" | "null" | "site") => void;
  /** The database did not take a post, or could not be asked whose it is. */
  failed: (error: unknown) => void;
  /** Milliseconds that only grow. */
  now: () => number;
}

/** A browser's keepalive request takes no more (Fetch standard). */
const LIMIT = { largest: 64 * 1024, says: "a post has at most 64 kB", within: 10_000 };
const MOST_IN_FLIGHT = 16 * 1024 * 1024;
const KEY = /^[\w-]{16,64}$/;
// A page view is a post or two. Many visitors may share one address: an office, a phone network, a balancer of ours.
const PER_ADDRESS = { burst: 300, perSecond: 30 };
// In events, of which a post may hold fifty: a visitor who looks at a page a second for a minute has room.
const PER_VISITOR = { burst: 300, perSecond: 2 };
const EVENTS_PER_ADDRESS = { burst: 1_500, perSecond: 60 };
const PER_SHOP = { burst: 3_000, perSecond: 300 };
const KNOWN_FOR_MS = 5_000;
const MOST_KEYS = 1_000;

export function openPixelDoor(door: PixelDoor): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const keys = openKeys(door.db, door.now);
  const gate = openGate(MOST_IN_FLIGHT);
  const [addressMay, addressMayTell] = [openLimit(PER_ADDRESS, door.now), openLimit(EVENTS_PER_ADDRESS, door.now)];
  const [visitorMay, shopMay] = [openLimit(PER_VISITOR, door.now), openLimit(PER_SHOP, door.now)];
  const tooFast = (shop: string | undefined) => {
    if (shop) door.ceiling.tooFast(shop);
    return new Refusal(429, "");
  };

  async function take(request: IncomingMessage, hold: Hold): Promise<void> {
    const key = request.url?.split("?", 1)[0]?.slice("/pixel/".length) ?? "";
    // Without a question to the database: whoever comes too fast shall not cost one each time.
    const address = addressOf(request);
    if (!addressMay(address)) throw tooFast(await keys.remembered(key));
    const shop = KEY.test(key) ? await keys.find(key) : null;
    if (!shop) throw new Refusal(404, "");
    if (request.method === "OPTIONS") return;
    if (request.method !== "POST") throw new Refusal(405, "the pixel posts");
    if (!shopMay(shop.domain)) throw tooFast(shop.domain);
    if (!/^text\/plain\b/i.test(request.headers["content-type"] ?? ""))
      throw new Refusal(400, "the body is text/plain");
    const body = await bodyOf(request, LIMIT, hold);
    const post = readPost(body);
    if ("wrong" in post) throw new Refusal(400, post.wrong);
    if (!addressMayTell(address, post.events)) throw tooFast(shop.domain);
    for (const [visitor, events] of post.visitors)
      if (!visitorMay(`${shop.domain} ${visitor}`, events)) throw tooFast(shop.domain);
    if (!(await door.ceiling.takes(shop.domain, post.events, shop.daily ?? USUAL_DAILY))) throw new Refusal(429, "");
    await door.receive(arrivalOf(shop.domain, body));
    door.ring(shop.domain);
  }

  return async (request, response) => {
    let [status, says] = [204, ""];
    const hold = gate.open();
    try {
      await take(request, hold);
    } catch (error) {
      if (!(error instanceof Refusal)) door.failed(error);
      [status, says] = error instanceof Refusal ? [error.status, error.message] : [503, ""];
    } finally {
      hold.release();
    }
    answer(response, status, says);
    dropTheRest(request);
    const { origin } = request.headers;
    door.answered(status, origin === undefined ? "none" : origin === "null" ? "null" : "site");
  };
}

/** A browser that posts again what it is not sure of posts the same bytes: they are the post's id. */
const arrivalOf = (shop: string, body: Buffer): Arrival => ({
  shop,
  topic: PIXEL_POST,
  webhookId: createHash("sha256").update(body).digest("base64url"),
  eventId: null,
  apiVersion: null,
  triggeredAt: null,
  body,
});

function answer(response: ServerResponse, status: number, says: string): void {
  if (response.writableEnded || response.destroyed) return;
  response.writeHead(status, {
    // The pixel runs in a sandbox without an origin, and nothing is given out here that only some may read.
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "86400",
    ...(status === 405 ? { allow: "POST, OPTIONS" } : {}),
    ...(status === 413 ? { connection: "close" } : {}),
    ...(says ? { "content-type": "text/plain; charset=utf-8" } : {}),
  });
  response.end(says);
}

interface Keyed {
  domain: string;
  /** Its ceiling of events in a day; null: the usual one. */
  daily: number | null;
}

const KEYED = statement<Keyed, [key: string]>("shop-of-pixel-key")`
  SELECT domain, pixel_daily AS daily
  FROM shop
  WHERE pixel_key = $1 AND pixel_endpoint IS NOT NULL AND uninstalled_at IS NULL`;

/** Whose key it is, asked of the database at most once in some seconds; null: nobody's, or the pixel is off. */
function openKeys(db: Sql, clock: () => number) {
  const known = new Map<string, { shop: Promise<Keyed | null>; until: number }>();
  function find(key: string): Promise<Keyed | null> {
    const now = clock();
    const before = known.get(key);
    if (before && before.until > now) return before.shop;
    const shop = db.query(KEYED, [key]).then(([row]) => row ?? null);
    shop.catch(() => known.delete(key));
    known.delete(key);
    known.set(key, { shop, until: now + KNOWN_FOR_MS });
    const [oldest] = known.size > MOST_KEYS ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    return shop;
  }
  /** The shop, where the key was found before. */
  const remembered = async (key: string) => (await known.get(key)?.shop)?.domain;
  return { find, remembered };
}

/** By the balancer's last word where the connection is from an inner address; an IPv6 host may use a whole /64. */
function addressOf(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
  const said = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  const address = said && INNER.test(peer) ? said : peer;
  return isIPv6(address) ? networkOf(address) : address;
}
const INNER = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd])/;

/** The first four of the eight groups. */
function networkOf(address: string): string {
  const [front = "", back] = address.split("::");
  const groups = front === "" ? [] : front.split(":");
  const filled = back === undefined ? groups : [...groups, ...Array(8).fill("0")];
  return filled.slice(0, 4).join(":");
}
