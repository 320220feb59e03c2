// What must be known at ShopiMind before it is named: statuses, carriers, manufacturers, event types, an own data source.

import type { Event } from "../../events/event.ts";
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Declaration, Declared, Http, Message, Outcome, Why } from "../destination.ts";
import { foreign, isOwn } from "../meaning.ts";
import { integer } from "../number.ts";
import { COMMON_REASONS, reasonOf, tell } from "../reasons.ts";
import { outcomeOfNo, whyRejected } from "./answers.ts";
import { EVENT_TYPES, type Firing } from "./checkout.ts";
import { listSources, makeSource, type NewDataSource } from "./data-sources.ts";
import type { Manufacturer, OrderCarrier, OrderStatus } from "./entities.ts";
import { declareEvent, type EventType } from "./events.ts";
import { language } from "./forms.ts";
import { carrierOf, statusOf } from "./order.ts";
import { because } from "./reasons.ts";
import { type Entities, MOST, type Name, save } from "./resources.ts";

/** Required dates of what has none; fixed, so that a declaration changes only when its words do. */
const ALWAYS = { created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" };
export const OWN_SOURCE: NewDataSource = { label: "Switchyard", type: "api" };
const NAMES: Record<string, string> = {
  paid: "Paid",
  pending: "Payment pending",
  open: "Open",
  cancelled: "Cancelled",
};

export function needs(message: Message, event: Event): Declaration[] {
  const source = { key: "data-source", body: OWN_SOURCE };
  if (message.channel === "orders" && event.kind === "order.updated") return [source, ...ofOrder(event)];
  if (message.channel === "products" && event.kind === "product.saved") return [source, ...ofProduct(event.product)];
  if (message.channel === "triggers") {
    const { code_name } = message.body as Firing;
    return [{ key: `event:${code_name}`, body: EVENT_TYPES[code_name] }];
  }
  return message.channel === "deletions" || message.channel === "removals" ? [] : [source];
}

function ofOrder({ order, shop }: Extract<Event, { kind: "order.updated" }>): Declaration[] {
  const status_id = statusOf(order);
  const name = NAMES[status_id] ?? `${status_id.slice(0, 1).toUpperCase()}${status_id.slice(1).replaceAll("_", " ")}`;
  const status: OrderStatus = { status_id, lang: language(null, shop), name, is_deleted: false, ...ALWAYS };
  const used = carrierOf(order);
  const carrier = used && { carrier_id: used.id, name: used.name, is_active: true, ...ALWAYS };
  return [
    { key: `status:${status_id}`, body: status },
    ...(carrier ? [{ key: `carrier:${carrier.carrier_id}`, body: carrier satisfies OrderCarrier }] : []),
  ];
}

function ofProduct({ vendor }: { vendor: string | null }): Declaration[] {
  if (!vendor) return [];
  const body: Manufacturer = { manufacturer_id: vendor, name: vendor, is_active: true, ...ALWAYS };
  return [{ key: `manufacturer:${vendor}`, body }];
}

/** One request: what it says of the whole, and which declarations it refuses. */
type Step = () => Promise<Declared>;
const DONE: Declared = { outcome: null, refused: new Map() };

/** Nothing of the messages has been sent when it fails: what is in doubt here may simply be declared again. */
export async function declare(wanted: Declaration[], settings: { dataSource: string }, http: Http): Promise<Declared> {
  const from = settings.dataSource ? { id_data_source: integer(settings.dataSource) } : {};
  const of = (kind: string) => wanted.filter(({ key }) => key.startsWith(`${kind}:`));
  const own = wanted.some(({ key }) => key === "data-source") && !settings.dataSource;
  const steps: Step[] = [
    ...(own ? [async () => ({ ...DONE, outcome: await ownSource(http) })] : []),
    ...inParts(http, "orders-statuses", of("status"), from),
    ...inParts(http, "orders-carriers", of("carrier"), from),
    ...inParts(http, "products-manufacturers", of("manufacturer"), from),
    ...of("event").map((event) => () => ownEvent(http, event)),
  ];
  return inTurn(steps);
}

/** Until one of them holds everything back. */
async function inTurn(steps: Step[]): Promise<Declared> {
  const refused = new Map<string, Why>();
  const unheard = new Set<string>();
  for (const step of steps) {
    const said = await step();
    for (const [key, reason] of said.refused) refused.set(key, reason);
    for (const key of said.unheard ?? []) unheard.add(key);
    if (said.outcome) return { outcome: said.outcome, refused };
  }
  return { outcome: null, refused, ...(unheard.size > 0 ? { unheard } : {}) };
}

function inParts(http: Http, name: Name, all: Declaration[], from: object): Step[] {
  const count = Math.ceil(all.length / MOST[name]);
  const parts = Array.from({ length: count }, (_, at) => all.slice(at * MOST[name], (at + 1) * MOST[name]));
  return parts.map((part) => () => savePart(http, name, part, from));
}

/** Some may be refused by index; where the whole is refused without a word on which, each is declared alone. */
async function savePart(http: Http, name: Name, part: Declaration[], from: object): Promise<Declared> {
  const items = part.map(({ body }) => ({ ...(body as object), ...from })) as Entities[Name][];
  const refused = new Map<string, Why>();
  const outcome = await attempt(async () => {
    const { rejected_items } = await save(http, name, items);
    for (const item of rejected_items) {
      const { key } = part[item.index ?? (part.length === 1 ? 0 : -1)] ?? {};
      const reason = because("shopimind_declaration", { resource: name, words: reasonOf(whyRejected(item)) });
      if (key === undefined) return { is: "refused", reason };
      refused.set(key, reason);
    }
    return null;
  });
  const [first] = part;
  if (outcome?.is === "split" && first && part.length === 1) return { ...DONE, unheard: new Set([first.key]) };
  if (outcome?.is !== "refused" && outcome?.is !== "split") return { outcome, refused };
  if (first && part.length === 1) return { ...DONE, refused: new Map([[first.key, outcome.reason]]) };
  return inTurn(part.map((one) => () => savePart(http, name, [one], from)));
}

async function ownEvent(http: Http, { key, body }: Declaration): Promise<Declared> {
  const type = body as EventType;
  const declareAs = (name: EventType["name"]) =>
    attempt(async () => {
      await declareEvent(http, { ...type, name });
      return null;
    });
  const said = await declareAs(type.name);
  // The kit's map by language is not proved: where the name is what is not taken, it goes as the SDK's text.
  const asText =
    said?.is === "refused" &&
    /\bname\b/i.test(tell(COMMON_REASONS, reasonOf(said.reason))) &&
    typeof type.name === "object";
  const outcome = asText ? await declareAs(Object.values(type.name)[0] ?? type.code_name) : said;
  if (outcome?.is === "split") return { ...DONE, unheard: new Set([key]) };
  return outcome?.is === "refused" ? { ...DONE, refused: new Map([[key, outcome.reason]]) } : { ...DONE, outcome };
}

// Looked for by its label first: ShopiMind would make a second one with the same.
// Nothing that is sent needs it, so a key that may not list or make sources holds nothing up.
async function ownSource(http: Http): Promise<Outcome | null> {
  const outcome = await attempt(async () => {
    const sources = await listSources(http).catch(orNone);
    if (!sources.some(({ label }) => label === OWN_SOURCE.label)) await makeSource(http, OWN_SOURCE).catch(orNone);
    return null;
  });
  return outcome?.is === "retry" || (outcome?.is === "pause" && outcome.scope === "connection") ? outcome : null;
}

function orNone(error: unknown): [] {
  if (error instanceof NotAsDocumented || (error instanceof SaidNo && error.answer.status === 404)) return [];
  throw error;
}

/** "split" is what remains of an answer that is not the vendor's own. */
async function attempt(declare: () => Promise<Outcome | null>, onceMore = true): Promise<Outcome | null> {
  try {
    return await declare();
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "retry", reason: error.why };
    if (!(error instanceof SaidNo)) throw error;
    // It is there already, where ShopiMind itself says so.
    if (error.answer.status === 409) return isOwn(error.answer) ? null : foreign(error.answer);
    const outcome = outcomeOfNo(error.answer);
    if (outcome.is === "doubt") return { ...outcome, is: "retry" };
    if (outcome.is === "delivered") return null;
    if (outcome.is !== "split" || outcome.foreign) return outcome;
    return onceMore && outcome.onceMore ? attempt(declare, false) : { is: "refused", reason: outcome.reason };
  }
}
