// Sends messages to ShopiMind by their channel, and what its answers mean.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import { type Answer, type Http, integer, type Message, type Outcome } from "../destination.ts";
import { outcomeOf } from "../http.ts";
import type { Firing } from "./checkout.ts";
import { written } from "./envelopes.ts";
import { fire } from "./events.ts";
import { type Listing, MOST, MOST_PARTS, type Name, type Part, remove, save, saveParts } from "./resources.ts";

const SAVED = {
  customers: "customers",
  orders: "orders",
  products: "products",
  categories: "products-categories",
} satisfies Record<string, Name>;
const PARTS = { addresses: "addresses", variations: "variations", images: "images" } satisfies Record<string, Part>;

/** In sending order: what others refer to goes first. */
export const CHANNELS = {
  customers: { batch: MOST.customers },
  addresses: { batch: MOST_PARTS },
  orders: { batch: MOST.orders },
  products: { batch: MOST.products },
  variations: { batch: MOST_PARTS },
  images: { batch: MOST_PARTS },
  categories: { batch: MOST["products-categories"] },
  deletions: { batch: 1 },
  triggers: { batch: 1 },
};

/** The body of a message on the channel "deletions". */
export interface Deletion {
  resource: Listing;
  id: string;
}
export const deletion = (resource: Listing, id: string): Message => ({
  channel: "deletions",
  id: `${resource}/${id}`,
  body: { resource, id } satisfies Deletion,
});

export async function send(channel: string, messages: Message[], settings: { dataSource: string }, http: Http) {
  const [first] = messages;
  if (first && channel === "deletions") return [await erase(first.body as Deletion, http)];
  if (first && channel === "triggers") return [await trigger(first.body as Firing, http)];
  return saveAll(channel, messages, settings, http);
}

async function saveAll(channel: string, messages: Message[], settings: { dataSource: string }, http: Http) {
  const from = settings.dataSource ? { id_data_source: integer(settings.dataSource) } : {};
  const items = messages.map(({ body }) => ({ ...(body as object), ...from })) as never[];
  const all = (outcome: Outcome): Outcome[] => messages.map(() => outcome);
  try {
    const said = channel in PARTS ? saveParts(http, channel as Part, items) : save(http, nameOf(channel), items);
    return outcomesOf(await said, messages.length);
  } catch (error) {
    if (error instanceof NotAsDocumented) return all({ is: "doubt", reason: error.message });
    if (!(error instanceof SaidNo)) throw error;
    return refusedWhole(error.answer, messages.length) ?? all(outcomeOfNo(error.answer));
  }
}

const nameOf = (channel: string): Name => SAVED[channel as keyof typeof SAVED];

type Rejected = Record<string, unknown> & { index?: number | undefined };

function outcomesOf(said: { rejected_count: number; rejected_items: Rejected[] }, sent: number): Outcome[] {
  const rejected = byIndex(said.rejected_items, sent);
  if (rejected.size !== said.rejected_count) {
    // Which ones they were is not said. All of it may be sent again, so halves will tell.
    const reason = `${said.rejected_count} of ${sent} rejected, without a word on which`;
    return Array.from({ length: sent }, () => ({ is: sent === 1 ? "refused" : "split", reason }));
  }
  return Array.from({ length: sent }, (_, index) => {
    const item = rejected.get(index);
    return item ? { is: "refused", reason: rejectedWords(item) } : { is: "delivered" };
  });
}

/** A 400 whose items are all bad says so like a 200 does, item by item; null: it says it of the whole. */
function refusedWhole(answer: Answer, sent: number): Outcome[] | null {
  if (answer.status !== 400) return null;
  const items = written.shape.rejected_items.safeParse(
    (answer.json as { rejected_items?: unknown } | undefined)?.rejected_items,
  );
  const rejected = byIndex(items.data ?? [], sent);
  if (rejected.size < sent) return null;
  return Array.from({ length: sent }, (_, index) => ({
    is: "refused",
    reason: rejectedWords(rejected.get(index) ?? {}),
  }));
}

function byIndex(items: Rejected[], sent: number): Map<number, Rejected> {
  const only = sent === 1 && items.length === 1;
  return new Map(
    items.flatMap((item) => {
      const index = item.index ?? (only ? 0 : sent);
      return index < sent ? [[index, item] as const] : [];
    }),
  );
}

/** What a no means that is not about single items. */
export function outcomeOfNo(answer: Answer): Outcome {
  const outcome = outcomeOf(answer);
  // A validation's message is a list of sentences.
  const { message } = (answer.json ?? {}) as { message?: unknown };
  const words = Array.isArray(message) ? sentences(message).join("; ") : "";
  return words && "reason" in outcome ? { ...outcome, reason: `${answer.status} ${words}`.slice(0, 300) } : outcome;
}

/** The vendor's words about one item; never its payload, which is a person's data. */
export function rejectedWords(item: Record<string, unknown>): string {
  const said = Object.entries(item).filter(([key]) => /error|message|reason|constraint/i.test(key));
  return (
    sentences(said.map(([, value]) => value))
      .join("; ")
      .slice(0, 300) || "rejected without a reason"
  );
}

function sentences(said: unknown): string[] {
  if (typeof said === "string") return said ? [said] : [];
  if (typeof said !== "object" || said === null) return [];
  const quoted = new Set(["value", "target", "payload", "data", "item", "property"]);
  return Object.entries(said).flatMap(([key, value]) => (quoted.has(key) ? [] : sentences(value)));
}

async function erase({ resource, id }: Deletion, http: Http): Promise<Outcome> {
  try {
    await remove(http, resource, id);
    return { is: "delivered" };
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.message };
    if (!(error instanceof SaidNo)) throw error;
    return error.answer.status === 404 ? { is: "delivered", alreadyHad: true } : outcomeOfNo(error.answer);
  }
}

const CONTACT_PATIENCE = 10 * 60_000;

async function trigger({ code_name, heard_at, trigger }: Firing, http: Http): Promise<Outcome> {
  try {
    await fire(http, code_name, trigger);
    return { is: "delivered" };
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.message };
    if (!(error instanceof SaidNo)) throw error;
    return unheard(error.answer, heard_at) ?? outcomeOfNo(error.answer);
  }
}

/** ShopiMind makes the contact of a customer some seconds after the customer was sent; after ten minutes there is none. */
function unheard(answer: Answer, heardAt: string): Outcome | null {
  const noContact = answer.status === 404 || (answer.status === 400 && /contact/i.test(answer.text));
  if (!noContact) return null;
  const { reason } = outcomeOfNo(answer) as { reason: string };
  if (Date.now() - Date.parse(heardAt) < CONTACT_PATIENCE) return { is: "retry", reason, after: 60_000 };
  return { is: "skipped", reason: `ShopiMind knows no such contact (${reason})` };
}

/** Erases each of them; who is gone already is no error. */
export async function forget(userIds: string[], http: Http): Promise<Outcome> {
  for (const id of userIds) {
    const outcome = await erase({ resource: "customers", id }, http);
    if (outcome.is !== "delivered") return outcome;
  }
  return { is: "delivered" };
}
