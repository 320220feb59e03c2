// What ShopiMind's answers mean: item by item where it names them, of the whole where it does not.
import type { Answer, Outcome, Why } from "../destination.ts";
import { briefly, outcomeOf } from "../meaning.ts";
import { type Written, written } from "./envelopes.ts";
import { because } from "./reasons.ts";

export type Rejected = Written["rejected_items"][number];

export function outcomesOf(said: Written, sent: number): Outcome[] {
  const rejected = byIndex(said.rejected_items, sent);
  if (rejected.size !== said.rejected_count) {
    // Which ones they were is not said. All of it may be sent again, so halves will tell.
    const reason = because("shopimind_some_rejected", { rejected: `${said.rejected_count}`, sent: `${sent}` });
    return Array.from({ length: sent }, () => ({ is: sent === 1 ? "refused" : "split", reason }));
  }
  return Array.from({ length: sent }, (_, index) => {
    const item = rejected.get(index);
    return item ? { is: "refused", reason: whyRejected(item) } : { is: "delivered" };
  });
}

/** A 400 whose items are all bad says so like a 200 does, item by item; null: it says it of the whole. */
export function refusedWhole(answer: Answer, sent: number): Outcome[] | null {
  if (answer.status !== 400) return null;
  const rejected = byIndex(rejectedIn(answer), sent);
  if (rejected.size < sent) return null;
  return Array.from({ length: sent }, (_, index) => ({
    is: "refused",
    reason: whyRejected(rejected.get(index) ?? {}),
  }));
}

/** The items that a no names; [] where it names none. */
export function rejectedIn(answer: Answer): Rejected[] {
  const { rejected_items } = (answer.json ?? {}) as { rejected_items?: unknown };
  return written.shape.rejected_items.safeParse(rejected_items).data ?? [];
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
  const plain = outcomeOf(answer);
  // Some of ShopiMind's own failures come as a 400 (its SDK).
  const outcome: Outcome = plain.is === "split" && answer.status === 400 ? { ...plain, onceMore: true } : plain;
  // A validation's message is a list of sentences.
  const { message } = (answer.json ?? {}) as { message?: unknown };
  const words = Array.isArray(message) ? sentences(message).join("; ") : "";
  return words && "reason" in outcome ? { ...outcome, reason: briefly(`${answer.status} ${words}`) } : outcome;
}

export const whyRejected = (item: Record<string, unknown>): Why => rejectedWords(item) || because("shopimind_no_words");

/** The vendor's words about one item, "" where there are none; never its payload, which is a person's data. */
export function rejectedWords(item: Record<string, unknown>): string {
  const said = Object.entries(item).filter(([key]) => /error|message|reason|constraint/i.test(key));
  return briefly(sentences(said.map(([, value]) => value)).join("; "));
}

function sentences(said: unknown): string[] {
  if (typeof said === "string") return said ? [said] : [];
  if (typeof said !== "object" || said === null) return [];
  const quoted = new Set(["value", "target", "payload", "data", "item", "property"]);
  return Object.entries(said).flatMap(([key, value]) => (quoted.has(key) ? [] : sentences(value)));
}
