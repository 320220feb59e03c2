// Spoils webhooks in every way and reads them. By hand: node test/support/mutations.ts [HOW MANY] [SEED]; it prints what it found.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PIXEL_POST, read } from "../../app/events/read.ts";
import * as payloads from "./payloads.ts";
import { heard } from "./readings.ts";
import { chance, spoil } from "./spoil.ts";
import { asTold } from "./told.ts";
import * as visits from "./visits.ts";

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
const fixtures = join(import.meta.dirname, "../../../shared/fixtures/shopify");

/** Every topic with whole bodies to start from. */
function originals(): { topic: string; name: string; body: Buffer }[] {
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
    "carts/update": visits.cart([visits.cartLine(601, 2), visits.cartLine(602, 1, { properties: { Engraving: "N" } })]),
    "checkouts/update": visits.checkout({ customer: payloads.customer() }),
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
        visits.seen(name, {
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
  const reason = "reason" in reading ? asTold(reading.reason) : "";
  const faults: string[] = [];
  if (reason.startsWith("The reader of")) faults.push(reason);
  if (reading.is !== "events") return { is: reading.is, reason, events: 0, faults };
  const { events, snapshots } = reading.normalize(() => undefined);
  const out = JSON.stringify([events, snapshots], (name, value) => {
    if (typeof value !== "string") return value;
    if (value.includes("\0") || !value.isWellFormed()) faults.push(`${name} is not clean`);
    for (const [names, shape] of shapes)
      if (names.test(name) && !shape.test(value)) faults.push(`${name} is ${value.slice(0, 60)}`);
    return value;
  });
  if (out.includes("LosslessNumber")) faults.push("a raw number is left");
  if (topic === PIXEL_POST && events.some((event) => event.kind.startsWith("order.")))
    faults.push("the pixel made an order");
  if (events.some((event) => event.key.length > 400 || event.subject.length > 300)) faults.push("a key is too long");
  return { is: "events", reason: "", events: events.length, faults };
}

/** Spoils and reads so many bodies; the same seed does the same. */
export function tryMutations(howMany: number, seed: number): Figures {
  const next = chance(seed);
  const from = originals();
  const figures: Figures = {
    tried: 0,
    events: 0,
    is: {},
    reasons: {},
    slowest: { ms: 0, bytes: 0, name: "" },
    faults: [],
  };
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
