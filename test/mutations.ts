// Spoils webhooks in every way and reads them. By hand: node test/mutations.ts [HOW MANY] [SEED]; it prints what it found.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { read } from "../app/events/read.ts";
import * as payloads from "./support/payloads.ts";
import { heard } from "./support/readings.ts";

export interface Figures {
  tried: number;
  events: number;
  /** Readings by kind. */
  is: Record<string, number>;
  /** Sentences, without their field names, by how often they were given. */
  reasons: Record<string, number>;
  /** Of reading, writing and checking. */
  slowest: { ms: number; bytes: number; name: string };
  /** What must not be: each with the topic and the body that did it. */
  faults: string[];
}

/** Real payloads; they are not part of this project and may be missing. */
const fixtures = join(import.meta.dirname, "../../shared/fixtures/shopify");

/** Every topic with whole bodies to start from. */
export function originals(): { topic: string; name: string; body: Buffer }[] {
  const own = Object.entries({
    "orders/create": payloads.order({ refunds: [payloads.refund()] }),
    "orders/paid": payloads.order({ financial_status: "paid", cancelled_at: "2026-11-21T08:00:00+01:00" }),
    "refunds/create": payloads.refund(),
    "customers/update": payloads.customer(),
    "customers/merge": {
      admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1",
      admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/2",
    },
    "customers_email_marketing_consent/update": payloads.consent("subscribed", "2026-11-20T18:00:00+01:00"),
    "carts/update": payloads.cart([
      payloads.cartLine(601, 2),
      payloads.cartLine(602, 1, { properties: { Engraving: "N" } }),
    ]),
    "checkouts/update": payloads.checkout({ customer: payloads.customer() }),
    "products/update": payloads.product(),
    "collections/update": { id: 801, title: "Blue", updated_at: "2026-11-20T18:00:00+01:00" },
    "shop/update": {
      currency: "EUR",
      iana_timezone: "Europe/Berlin",
      primary_locale: "de",
      domain: "shop.example.com",
    },
    pixel: {
      events: ["page_viewed", "cart_viewed", "product_viewed", "payment_info_submitted"].map((name) =>
        payloads.seen(name, {
          checkoutToken: "c2a9",
          data: { cart: { id: "c1-aa", lines: [] }, productVariant: { price: { amount: 1, currencyCode: "EUR" } } },
        }),
      ),
    },
  }).map(([topic, body]) => ({ topic, name: topic, body: Buffer.from(payloads.bytes(body)) }));
  return [...own, ...real()];
}

/** The real ones, where they are. */
export function real(): { topic: string; name: string; body: Buffer }[] {
  if (!existsSync(fixtures)) return [];
  return readdirSync(fixtures, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(join(fixtures, folder)).map((file) => ({
        topic: folder.replace(/-(?=[^-]*$)/, "/"),
        name: `${folder}/${file}`,
        body: readFileSync(join(fixtures, folder, file)),
      })),
    );
}

const hostile: unknown[] = [
  null,
  true,
  "",
  " ",
  "\0",
  "\ud800",
  "__proto__",
  "constructor",
  "0",
  "-1",
  "1e400",
  "NaN",
  "9".repeat(400),
  "2026-02-30T00:00:00Z",
  "2026-11-20T25:00:00+99:99",
  "0000-00-00T00:00:00Z",
  "9999-12-31T23:59:59-14:00",
  "x".repeat(20_000),
  "😀".repeat(300),
  "'; DROP TABLE event; --",
  "<script>alert(1)</script>",
  '{"v":{"v":1},"c":[],"clicks":{"pjclid":[]}}',
  "http://[::",
  0,
  -0.5,
  1e21,
  payloads.number("1e999"),
  payloads.number("123456789012345678901234567890"),
  payloads.number("0.1000000000000000055511151231257827"),
  [],
  {},
  [null],
  [[[[]]]],
  { toString: 1, valueOf: null, toJSON: "x", length: -1 },
  JSON.parse('{"__proto__":{"id":1},"constructor":null}'),
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So that what is spoilt later is not the list. */
const copy = (value: unknown): unknown =>
  typeof value === "object" && value && !Object.isFrozen(value) ? JSON.parse(JSON.stringify(value)) : value;

type Tree = Record<string, unknown>;

/** Every place where a value can be replaced; an exact number is one value. */
function places(tree: unknown): { of: Tree; name: string }[] {
  if (typeof tree !== "object" || tree === null || Object.isFrozen(tree)) return [];
  const of = tree as Tree;
  return Object.keys(of).flatMap((name) => [{ of, name }, ...places(of[name])]);
}

function spoil(body: Buffer, next: () => number): Buffer {
  const pick = <T>(list: T[]): T | undefined => list[Math.floor(next() * list.length)];
  const way = next();
  const place = Math.floor(next() * body.length);
  if (way < 0.04) return body.subarray(0, place);
  if (way < 0.08)
    return Buffer.concat([body.subarray(0, place), Buffer.from([Math.floor(next() * 256)]), body.subarray(place + 1)]);
  if (way < 0.09) return Buffer.from(`{"id":${"[".repeat(50_000)}`);
  const tree: unknown = JSON.parse(body.toString());
  for (let times = 1 + Math.floor(next() ** 3 * 6); times > 0; times--) {
    const at = pick(places(tree));
    if (!at) break;
    if (next() < 0.2) delete at.of[at.name];
    else if (next() < 0.05) at.of[at.name] = Array(500).fill(at.of[at.name]);
    else at.of[at.name] = copy(pick(hostile));
  }
  return Buffer.from(JSON.stringify(tree));
}

const allowed = {
  decimal: /^-?\d+(\.\d+)?$/,
  id: /^[1-9]\d*$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};
const shapes: [RegExp, RegExp][] = [
  [/^(price|total|subtotal|tax|shipping|tip|duties|discount|compareAtPrice)$/, allowed.decimal],
  [/^(productId|variantId|customerId|orderId|mergedId|collectionId|imageId)$/, allowed.id],
  [/^(occurredAt|saidAt|heardAt|createdAt|updatedAt|placedAt|cancelledAt|paidAt|at|expiresAt)$/, allowed.time],
];

/** What is wrong with what came out of it. */
function faultsOf(topic: string, body: Buffer): { is: string; reason: string; events: number; faults: string[] } {
  const reading = read(heard(topic, body));
  const faults: string[] = [];
  if (reading.is === "unreadable" && reading.reason.startsWith("The reader of")) faults.push(reading.reason);
  if (reading.is !== "events")
    return { is: reading.is, reason: "reason" in reading ? reading.reason : "", events: 0, faults };
  const { events, snapshots } = reading.normalize(() => undefined);
  const out = JSON.stringify([events, snapshots], (name, value) => {
    if (typeof value !== "string") return value;
    if (value.includes("\0") || !value.isWellFormed()) faults.push(`${name} is not clean`);
    for (const [names, shape] of shapes)
      if (names.test(name) && !shape.test(value)) faults.push(`${name} is ${value.slice(0, 60)}`);
    return value;
  });
  if (out.includes("LosslessNumber")) faults.push("a raw number is left");
  if (topic === "pixel" && events.some((event) => event.kind.startsWith("order.")))
    faults.push("the pixel made an order");
  if (events.some((event) => event.key.length > 400 || event.subject.length > 300)) faults.push("a key is too long");
  return { is: "events", reason: "", events: events.length, faults };
}

/** Spoils and reads so many bodies; the same seed does the same. */
export function tryMutations(howMany: number, seed: number): Figures {
  const next = chance(seed);
  const from = originals();
  const figures: Figures = { tried: 0, events: 0, is: {}, reasons: {}, slowest: { ms: 0, bytes: 0, name: "" }, faults: [] };
  for (; figures.tried < howMany; figures.tried++) {
    const original = from[figures.tried % from.length];
    if (!original) break;
    const body = spoil(original.body, next);
    const start = performance.now();
    try {
      const { is, reason, events, faults } = faultsOf(original.topic, body);
      figures.is[is] = (figures.is[is] ?? 0) + 1;
      if (reason) figures.reasons[reason.replace(/\d+/, "N")] = (figures.reasons[reason.replace(/\d+/, "N")] ?? 0) + 1;
      figures.events += events;
      for (const fault of faults) figures.faults.push(`${original.name}: ${fault}: ${body.toString().slice(0, 300)}`);
    } catch (error) {
      figures.faults.push(`${original.name} threw ${error}: ${body.toString().slice(0, 300)}`);
    }
    const took = performance.now() - start;
    if (took > figures.slowest.ms) figures.slowest = { ms: Math.round(took), bytes: body.length, name: original.name };
  }
  return figures;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [howMany = "100000", seed = "1"] = process.argv.slice(2);
  const { faults, ...figures } = tryMutations(Number(howMany), Number(seed));
  console.log(JSON.stringify({ ...figures, faults: faults.length }, null, 2));
  for (const fault of faults.slice(0, 20)) console.log(fault);
  process.exitCode = faults.length ? 1 : 0;
}
