// What must be known at ShopiMind before it is named: statuses, carriers, manufacturers, event types, an own data source.

import type { Event } from "../../events/event.ts";
import { NotAsDocumented, SaidNo } from "../answer.ts";
import { type Declaration, type Http, integer, type Message, type Outcome } from "../destination.ts";
import { EVENT_TYPES, type Firing } from "./checkout.ts";
import { listSources, makeSource, type NewDataSource } from "./data-sources.ts";
import type { Manufacturer, OrderCarrier, OrderStatus } from "./entities.ts";
import { declareEvent, type EventType } from "./events.ts";
import { language } from "./forms.ts";
import { carrierOf, statusOf } from "./order.ts";
import { type Entities, MOST, type Name, save } from "./resources.ts";
import { outcomeOfNo, rejectedWords } from "./send.ts";

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
  return message.channel === "deletions" ? [] : [source];
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

/** Nothing of the messages has been sent when it fails: what is in doubt here may simply be declared again. */
export async function declare(wanted: Declaration[], settings: { dataSource: string }, http: Http) {
  const from = settings.dataSource ? { id_data_source: integer(settings.dataSource) } : {};
  const of = (kind: string) =>
    wanted.filter(({ key }) => key.startsWith(`${kind}:`)).map(({ body }) => ({ ...(body as object), ...from }));
  const steps = [
    ...(wanted.some(({ key }) => key === "data-source") && !settings.dataSource ? [() => ownSource(http)] : []),
    ...inParts(http, "orders-statuses", of("status") as OrderStatus[]),
    ...inParts(http, "orders-carriers", of("carrier") as OrderCarrier[]),
    ...inParts(http, "products-manufacturers", of("manufacturer") as Manufacturer[]),
    ...wanted
      .filter(({ key }) => key.startsWith("event:"))
      .map(
        ({ body }) =>
          () =>
            ownEvent(http, body as EventType),
      ),
  ];
  for (const step of steps) {
    const outcome = await step();
    if (outcome) return outcome;
  }
  return null;
}

function inParts<N extends Name>(http: Http, name: N, items: Entities[N][]): (() => Promise<Outcome | null>)[] {
  const most = MOST[name];
  const parts = Array.from({ length: Math.ceil(items.length / most) }, (_, at) =>
    items.slice(at * most, (at + 1) * most),
  );
  return parts.map(
    (part) => () =>
      attempt(async () => {
        const { rejected_items } = await save(http, name, part);
        const [rejected] = rejected_items;
        return rejected ? { is: "refused", reason: `${name}: ${rejectedWords(rejected)}` } : null;
      }),
  );
}

const ownEvent = (http: Http, type: EventType) =>
  attempt(async () => {
    await declareEvent(http, type);
    return null;
  });

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

async function attempt(declare: () => Promise<Outcome | null>): Promise<Outcome | null> {
  try {
    return await declare();
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "retry", reason: error.message };
    if (!(error instanceof SaidNo)) throw error;
    if (error.answer.status === 409) return null; // it is there already
    const outcome = outcomeOfNo(error.answer);
    if (outcome.is === "doubt") return { ...outcome, is: "retry" };
    return outcome.is === "split" ? { is: "refused", reason: outcome.reason } : outcome;
  }
}
