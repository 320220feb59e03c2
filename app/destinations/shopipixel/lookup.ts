// Whether ShopiPixel has an event whose answer was lost: its list is read by name and day and searched.
import { SaidNo } from "../answer.ts";
import type { Http, LookedUp, Message } from "../destination.ts";
import { AnswerLost } from "../http.ts";
import { eachPage, type Listed, type VendorEvent } from "./client.ts";

const DAY = 86_400_000;
/** 5,000 events of one name; a search must not use up the hour's 1,000 requests. */
const MOST_PAGES = 25;

/** @throws AnswerLost where the vendor cannot be asked just now */
export async function lookUp(messages: Message[], http: Http): Promise<LookedUp[]> {
  const byName = Map.groupBy(messages, (message) => bodyOf(message).eventName);
  const found = new Map<Message, LookedUp>();
  for (const [eventName, group] of byName) {
    for (const [message, answer] of await search(eventName, group, http)) found.set(message, answer);
  }
  return messages.map((message) => found.get(message) ?? "cannot tell");
}

async function search(eventName: string, messages: Message[], http: Http): Promise<Map<Message, LookedUp>> {
  const found = new Map<Message, LookedUp>();
  let toldApart = true;
  let pages = 0;
  try {
    // A day earlier than the events: the documents do not say in which zone "from" is read.
    for await (const listed of eachPage({ limit: 200, eventName, from: dayBefore(messages) }, http)) {
      for (const message of messages) if (listed.some((one) => isSame(message, one))) found.set(message, "there");
      toldApart &&= listed.every((one) => one.eventId);
      const readable = toldApart || eventName === "Purchase";
      if (found.size === messages.length || !readable) return found;
      if (++pages === MOST_PAGES) return found;
    }
  } catch (error) {
    if (error instanceof SaidNo) throw new AnswerLost(error.why, { cause: error });
    throw error;
  }
  for (const message of messages) if (!found.has(message)) found.set(message, "not there");
  return found;
}

/** A purchase is known by its order too; a refund shares its order with others. */
function isSame(message: Message, listed: Listed): boolean {
  if (listed.eventId === message.id) return true;
  const { eventName, customData } = bodyOf(message);
  const orderId = listed.customData?.orderId ?? undefined;
  return eventName === "Purchase" && orderId !== undefined && String(orderId) === customData?.orderId;
}

function dayBefore(messages: Message[]): string {
  const earliest = Math.min(...messages.map((message) => bodyOf(message).eventTime * 1000));
  return new Date(earliest - DAY).toISOString().slice(0, 10);
}

function bodyOf(message: Message): VendorEvent {
  return message.body as VendorEvent;
}
