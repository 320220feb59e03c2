// What alana's answer to a batch says: it counts what it stored and what failed, and does not say which.
import { NotAsDocumented } from "../answer.ts";
import type { Answer, Message, Outcome } from "../destination.ts";
import { outcomeOf } from "../meaning.ts";
import { storedOf } from "./client.ts";

export function outcomesOf(answer: Answer, messages: Message[]): Outcome[] {
  const outcome = answer.status >= 200 && answer.status < 300 ? read(answer, messages.length) : outcomeOf(answer);
  return messages.map(() => outcome);
}

function read(answer: Answer, sent: number): Outcome {
  try {
    const { stored, errors } = storedOf(answer);
    const counted = `${stored} of ${sent} stored`;
    if (stored === sent && errors === 0) return { is: "delivered" };
    if (stored === 0 && errors === sent) return { is: "refused", reason: `not valid for alana: ${counted}` };
    return { is: "unknown", reason: `${counted}; alana does not say which` };
  } catch (error) {
    if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.message };
    throw error;
  }
}
