// What ShopiMind keeps, how it says no, and how it reads a body. What is written is seen by reads a little later.
import type { Rule } from "./check.ts";
import type { Ledger } from "./ledger.ts";
import { type Call, Refusal, type Reply, readJson, type World } from "./vendor.ts";

export type Item = Record<string, unknown>;
interface Held {
  item: Item;
  /** From when on reads see it. */
  visible: number;
}
export interface Books {
  world: World;
  ledger: Ledger;
  /** By kind, by key. */
  held: Map<string, Map<string, Held>>;
}
/** "Typical processing latency is a few seconds." */
const LATENCY = 2000;

export const ok = (data: unknown, meta?: object): Reply => ({
  status: 200,
  json: { statusCode: 200, data, ...(meta ? { meta } : {}) },
});
export const no = (status: number, message: string, more: object = {}): Reply => ({
  status,
  json: { statusCode: status, message, ...more },
});
/** A refusal because of the body: a breach. */
export const bad = (message: string) => new Refusal(no(400, message), message);

const DECLARED = ["orders-statuses", "orders-carriers", "products-manufacturers"];

export function openBooks(world: World, ledger: Ledger): Books {
  const books: Books = { world, ledger, held: new Map() };
  for (const kind of DECLARED) {
    for (const [key, held] of world.memory.recall<[string, Held]>(kind)) shelf(books, kind).set(key, held);
  }
  return books;
}

export function shelf(books: Books, kind: string): Map<string, Held> {
  const there = books.held.get(kind) ?? new Map<string, Held>();
  books.held.set(kind, there);
  return there;
}

export function hold(books: Books, kind: string, key: string, item: Item): void {
  const there = shelf(books, kind);
  there.set(key, { item, visible: books.world.now() + LATENCY });
  if (DECLARED.includes(kind)) books.world.memory.keep(kind, [...there]);
}

export function visibleOf(books: Books, kind: string): Item[] {
  const now = books.world.now();
  return [...shelf(books, kind).values()].filter((held) => held.visible <= now).map((held) => held.item);
}

export function bodyOf(call: Call): unknown {
  try {
    return readJson(call.body);
  } catch (cause) {
    throw bad(`the body is no JSON: ${String(cause)}`);
  }
}

/** The raw array that a bulk write must be, of at most `most` items. */
export function arrayOf(call: Call, most: number): unknown[] {
  const body = bodyOf(call);
  if (!Array.isArray(body)) throw bad("the body must be an array");
  if (body.length === 0) throw bad("the body must not be empty");
  if (body.length > most) throw bad(`at most ${most} items fit in a call, not ${body.length}`);
  return body;
}

const MOST_LISTED = 100;

/** A list as the reference shows it: 10 at a time where nothing is said, or more than 100 is asked for. Numbers are text in it. */
export function listed(call: Call, all: Item[]): Reply {
  const asked = Number(call.query.get("limit") ?? 10);
  const limit = asked > MOST_LISTED ? 10 : asked;
  const offset = Number(call.query.get("offset") ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(offset) || offset < 0) {
    throw bad("limit must be 1 or more, offset 0 or more");
  }
  const pagination = {
    total_items: all.length,
    items_per_page: limit,
    total_pages: Math.ceil(all.length / limit),
    current_page: Math.floor(offset / limit) + 1,
    offset,
    has_next_page: offset + limit < all.length,
  };
  return ok(all.slice(offset, offset + limit).map(inText), { pagination });
}

const inText = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, /^(number|bigint)$/.test(typeof value) ? String(value) : value]),
  );

export function one(all: Item[], name: string, wanted: string | undefined): Reply {
  const found = all.find((item) => String(item[name]) === wanted);
  return found ? ok(found) : no(404, "Resource not found");
}

/** The body, when it fits; else a 400, and a breach. */
export function fitting(call: Call, fits: Rule): Item {
  const body = bodyOf(call);
  const wrong = fits(body, "");
  if (wrong) throw bad(`${call.path}: ${wrong}`);
  return body as Item;
}
