// The request to a vendor: the messages of one batch, and one outcome for each, in words that may be kept.
import type { Answer, Http, Outcome } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { redactorOf } from "../connections/redact.ts";
import type { Piece } from "./work.ts";

export interface Answered {
  outcomes: Outcome[];
  answer: Answer | undefined;
  /** What the vendor said, or why it said nothing. */
  words: string | null;
}

/** The vendor's words are kept only without what they echo of a person or a key. */
export async function request(connection: OpenConnection, channel: string, pieces: Piece[]): Promise<Answered> {
  const { outcomes, answer, error } = await outcomesOf(connection, channel, pieces);
  const redact = redactorOf(
    connection,
    pieces.map(({ message }) => message.body),
  );
  const words = error ?? answer?.text;
  return {
    outcomes: outcomes.map((outcome) =>
      "reason" in outcome ? { ...outcome, reason: redact(outcome.reason) } : outcome,
    ),
    answer,
    words: words === undefined ? null : redact(words),
  };
}

async function outcomesOf(connection: OpenConnection, channel: string, pieces: Piece[]) {
  let answer: Answer | undefined;
  const http: Http = async (what) => {
    answer = await connection.http(what);
    return answer;
  };
  const messages = pieces.map(({ message }) => message);
  const all = (outcome: Outcome) => messages.map(() => outcome);
  try {
    const outcomes = await connection.sheet.send(channel, messages, connection.settings, http);
    if (outcomes.length === messages.length) return { outcomes, answer };
    return {
      outcomes: all({ is: "doubt", reason: `${outcomes.length} outcomes for ${messages.length} messages` }),
      answer,
    };
  } catch (error) {
    if (error instanceof NothingSent)
      return { outcomes: all({ is: "retry", reason: error.message }), answer, error: error.message };
    if (error instanceof AnswerLost)
      return { outcomes: all({ is: "doubt", reason: error.message }), answer, error: error.message };
    const reason = `the answer could not be read: ${error instanceof Error ? error.message : error}`;
    return { outcomes: all({ is: "doubt", reason }), answer, error: reason };
  }
}
