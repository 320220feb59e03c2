// Reads webhooks one after the other, as the normalizer does: snapshots are kept between them, an event's key is written down once.
import type { Event, EventKind, EventOf } from "../../app/events/event.ts";
import type { Shop } from "../../app/events/facts.ts";
import { read } from "../../app/events/read.ts";
import type { Heard, Known, Snapshot } from "../../app/events/reading.ts";
import { bytes } from "./payloads.ts";
import { asTold } from "./told.ts";

export const shop: Shop = {
  domain: "test-shop.myshopify.com",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  locale: "de",
  primaryDomain: "shop.example.com",
};

export interface Sent {
  topic: string;
  body: unknown;
  triggeredAt?: string | null;
}

const HEARD_AT = "2026-11-21T10:00:00.000Z";
/** Has no effect without Shopify's time. */
const TAKES_AWAY = /\/(delete|merge|redact|data_request|uninstalled)$/;

export function heard(topic: string, body: unknown, over: Partial<Heard> = {}): Heard {
  return {
    topic,
    body: body instanceof Uint8Array ? body : bytes(body),
    triggeredAt: TAKES_AWAY.test(topic) ? HEARD_AT : null,
    heardAt: HEARD_AT,
    now: HEARD_AT,
    arrival: "1",
    shop,
    pseudonym: (text) => `pseudonym of ${text}`,
    ...over,
  };
}

/** The books of one shop. */
export class Books {
  readonly snapshots = new Map<string, Snapshot>();
  /** By key: what came first stays. */
  readonly events = new Map<string, Event>();
  #arrival = 0;

  /** @returns the events that are new. */
  hear({ topic, body, ...said }: Sent): Event[] {
    const reading = read(heard(topic, body, { ...said, arrival: String(++this.#arrival) }));
    if (reading.is !== "events") throw new Error(`${reading.is}: ${"reason" in reading ? asTold(reading.reason) : ""}`);
    const asked = new Set(reading.needs.map(name));
    for (const key of reading.more?.((one) => this.snapshots.get(name(one))) ?? []) asked.add(name(key));
    const known: Known = (key) => {
      if (!asked.has(name(key))) throw new Error(`${name(key)} was not named in needs`);
      return this.snapshots.get(name(key));
    };
    const { events, snapshots } = reading.normalize(known);
    // Through JSON, as through PostgreSQL.
    for (const snapshot of snapshots) this.snapshots.set(name(snapshot), JSON.parse(JSON.stringify(snapshot)));
    const fresh = events.filter((event) => !this.events.has(event.key));
    for (const event of fresh) this.events.set(event.key, event);
    return fresh;
  }

  of<Kind extends EventKind>(kind: Kind): EventOf<Kind>[] {
    return [...this.events.values()].filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** The newest of the states about a subject. */
  newest(subject: string): Event | undefined {
    const states = [...this.events.values()].filter((event) => event.subject === subject && event.version !== null);
    return states.sort((one, other) => ((one.version ?? "") < (other.version ?? "") ? 1 : -1))[0];
  }
}

const name = ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`;
