// Sends messages to ShopiMind by their channel, and what its answers mean.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Answer, Http, Message, Outcome, Why } from "../destination.ts";
import { isOwn } from "../meaning.ts";
import { integer } from "../number.ts";
import { reasonOf } from "../reasons.ts";
import { outcomeOfNo, outcomesOf, refusedWhole } from "./answers.ts";
import type { Firing } from "./checkout.ts";
import { type Deletion, erase, type Removal, takeAway } from "./deletions.ts";
import { fire } from "./events.ts";
import { because } from "./reasons.ts";
import { MOST, MOST_PARTS, type Name, type Part, save, saveParts } from "./resources.ts";

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
  removals: { batch: 1 },
  categories: { batch: MOST["products-categories"] },
  deletions: { batch: 1 },
  triggers: { batch: 1 },
};

export async function send(channel: string, messages: Message[], settings: { dataSource: string }, http: Http) {
  const [first] = messages;
  if (first && channel === "deletions") return [await erase(first.body as Deletion, http)];
  if (first && channel === "removals") return [await takeAway(first.body as Removal, http)];
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
    if (error instanceof NotAsDocumented) return all({ is: "doubt", reason: error.why });
    if (!(error instanceof SaidNo)) throw error;
    return refusedWhole(error.answer, messages.length) ?? all(outcomeOfNo(error.answer));
  }
}

const nameOf = (channel: string): Name => SAVED[channel as keyof typeof SAVED];

const CONTACT_PATIENCE = 10 * 60_000;

async function trigger({ code_name, heard_at, trigger }: Firing, http: Http): Promise<Outcome> {
  try {
    await fire(http, code_name, trigger);
    return { is: "delivered" };
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.why };
    if (!(error instanceof SaidNo)) throw error;
    const no = unheard(error.answer, heard_at) ?? outcomeOfNo(error.answer);
    // No second try where a failure may have sent the e-mail after all.
    return no.is === "split" ? { is: "refused", reason: no.reason } : no;
  }
}

/** ShopiMind makes the contact of a customer some seconds after the customer was sent; after ten minutes there is none. */
function unheard(answer: Answer, heardAt: string): Outcome | null {
  const noContact = (answer.status === 404 && isOwn(answer)) || (answer.status === 400 && /contact/i.test(answer.text));
  if (!noContact) return null;
  const { reason } = outcomeOfNo(answer) as { reason: Why };
  if (Date.now() - Date.parse(heardAt) < CONTACT_PATIENCE) return { is: "retry", reason, after: 60_000 };
  return { is: "skipped", reason: because("shopimind_no_contact", { reason: reasonOf(reason) }) };
}
