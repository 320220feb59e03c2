// What alana's answer to a batch says: it counts what it stored and what failed, and does not say which.
import { NotAsDocumented } from "../answer.ts";
import type { Answer, Message, Outcome } from "../destination.ts";
import { outcomeOf } from "../meaning.ts";
import { storedOf } from "./client.ts";
import { because } from "./reasons.ts";

export function outcomesOf(answer: Answer, messages: Message[]): Outcome[] {
  const outcome = answer.status >= 200 && answer.status < 300 ? read(answer, messages.length) : outcomeOf(answer);
  return messages.map(() => outcome);
}

function read(answer: Answer, sent: number): Outcome {
  try {
    const { stored, errors } = storedOf(answer);
    const counted = { stored: `${stored}`, sent: `${sent}` };
    if (stored === sent && errors === 0) return { is: "delivered" };
    if (stored === 0 && errors === sent) return { is: "refused", reason: because("alana_not_valid", counted) };
    return { is: "unknown", reason: because("alana_some_stored", counted) };
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.why };
    throw error;
  }
}
