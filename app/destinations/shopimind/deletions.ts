// What goes at ShopiMind: a whole (a customer, a product, a category), and variations and images of a product that stays.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Http, Message, Outcome } from "../destination.ts";
import { isOwn } from "../meaning.ts";
import { outcomeOfNo, type Rejected, rejectedIn, rejectedWords } from "./answers.ts";
import { type Listing, MOST_DELETED, remove, removePartsOf } from "./resources.ts";

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

/** The body of a message on the channel "removals": as many as one call may delete. */
export interface Removal {
  part: "variations" | "images";
  product: string;
  ids: string[];
}
export function removals(part: Removal["part"], product: string, ids: string[] = []): Message[] {
  return Array.from({ length: Math.ceil(ids.length / MOST_DELETED) }, (_, at) => ({
    channel: "removals",
    id: `products/${product}/${part}/${at + 1}`,
    body: { part, product, ids: ids.slice(at * MOST_DELETED, (at + 1) * MOST_DELETED) } satisfies Removal,
  }));
}

export async function erase({ resource, id }: Deletion, http: Http): Promise<Outcome> {
  try {
    await remove(http, resource, id);
    return { is: "delivered" };
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.why };
    if (!(error instanceof SaidNo)) throw error;
    return error.answer.status === 404 && isOwn(error.answer)
      ? { is: "delivered", alreadyHad: true }
      : outcomeOfNo(error.answer);
  }
}

/** Never "had already": that would be said of the product, which goes with it. */
export async function takeAway({ part, product, ids }: Removal, http: Http): Promise<Outcome> {
  try {
    const { rejected_items } = await removePartsOf(http, part, product, ids);
    return unlessRefused(rejected_items);
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.why };
    if (!(error instanceof SaidNo)) throw error;
    const { answer } = error;
    if (answer.status === 404 && isOwn(answer)) return { is: "delivered" };
    const rejected = rejectedIn(answer);
    return answer.status === 400 && rejected.length === ids.length ? unlessRefused(rejected) : outcomeOfNo(answer);
  }
}

// What a bulk delete says of an id that it does not have is not published; when it is sent again, it has none of them.
const NOT_THERE = /not.?found|does(n't| not) exist|no such/i;

function unlessRefused(rejected: Rejected[]): Outcome {
  const reason = rejected.map(rejectedWords).find((words) => words !== "" && !NOT_THERE.test(words));
  return reason ? { is: "refused", reason } : { is: "delivered" };
}

/** Erases each of them; who is gone already is no error. */
export async function forget(userIds: string[], http: Http): Promise<Outcome> {
  for (const id of userIds) {
    const outcome = await erase({ resource: "customers", id }, http);
    if (outcome.is !== "delivered") return outcome;
  }
  return { is: "delivered" };
}
