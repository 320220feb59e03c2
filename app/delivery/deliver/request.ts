// The request to a vendor: the messages of one batch, and one outcome for each, in words that may be kept.
import { mapTexts } from "../../base/reason.ts";
import type { Answer, Http, Outcome } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent, type Written } from "../../destinations/http.ts";
import { reasonOf } from "../../destinations/reasons.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { redactorOf } from "../connections/redact.ts";
import { keptOf } from "../proof/sent.ts";
import { because, told } from "../reasons.ts";
import type { Piece } from "./work.ts";

export interface Answered {
  outcomes: Outcome[];
  answer: Answer | undefined;
  /** What the vendor said, or why it said nothing. */
  words: string | null;
  /** The request as it left, ready to be kept; null: no byte of it did. */
  sent: Buffer | null;
}

/** The vendor's words are kept only without what they echo of a person or a key. */
export async function request(connection: OpenConnection, channel: string, pieces: Piece[]): Promise<Answered> {
  const { outcomes, answer, error, sent } = await outcomesOf(connection, channel, pieces);
  const redact = redactorOf(
    connection,
    pieces.map(({ message }) => message.body),
  );
  const words = error ?? answer?.text;
  return {
    outcomes: outcomes.map((outcome) =>
      "reason" in outcome ? { ...outcome, reason: mapTexts(reasonOf(outcome.reason), redact) } : outcome,
    ),
    answer,
    words: words === undefined ? null : redact(words),
    sent,
  };
}

async function outcomesOf(connection: OpenConnection, channel: string, pieces: Piece[]) {
  let answer: Answer | undefined;
  let sent: Buffer | null = null;
  const note = (written: Written) => {
    sent = keptOf(written, connection);
  };
  const http: Http = async (what) => {
    answer = await connection.http(what, note);
    return answer;
  };
  const messages = pieces.map(({ message }) => message);
  const all = (outcome: Outcome) => messages.map(() => outcome);
  try {
    const outcomes = await connection.sheet.send(channel, messages, connection.settings, http);
    if (outcomes.length === messages.length) return { outcomes, answer, sent };
    return {
      outcomes: all({
        is: "doubt",
        reason: because("outcomes_miscounted", { outcomes: `${outcomes.length}`, messages: `${messages.length}` }),
      }),
      answer,
      sent,
    };
  } catch (error) {
    if (error instanceof NothingSent)
      return {
        outcomes: all({ is: "retry", reason: because("nothing_sent", { words: error.why }) }),
        answer,
        error: error.message,
        sent: null,
      };
    if (error instanceof AnswerLost)
      return {
        outcomes: all({ is: "doubt", reason: because("answer_lost", { words: error.why }) }),
        answer,
        error: error.message,
        sent,
      };
    const reason = because("answer_unreadable", { fault: error instanceof Error ? error.message : `${error}` });
    return { outcomes: all({ is: "doubt", reason }), answer, error: told({ destinations: [] }, reason), sent };
  }
}
