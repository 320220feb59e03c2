// The request to a vendor: the messages of one batch, and one outcome for each, in words that may be kept.
import { faultOf, log } from "../../base/log.ts";
import { mapTexts, type Reason } from "../../base/reason.ts";
import { keptJson } from "../../base/text.ts";
import type { Answer, Http, Outcome } from "../../destinations/destination.ts";
import { NothingSent, type Written } from "../../destinations/http.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { redactorOf } from "../connections/redact.ts";
import { keptOf } from "../proof/sent.ts";
import { because } from "../reasons.ts";
import { isAnswer, saidBy, whyNone } from "../said.ts";
import type { Piece } from "./work.ts";

export interface Answered {
  outcomes: Outcome[];
  answer: Answer | undefined;
  /** What the vendor said, or the reason why it said nothing, as JSON. */
  words: string | null;
  /** The request as it left, ready to be kept; null: no byte of it did. */
  sent: Buffer | null;
}

/** The vendor's words are kept only without what they echo of a person or a key. */
export async function request(connection: OpenConnection, channel: string, pieces: Piece[]): Promise<Answered> {
  const { outcomes, answer, none, sent } = await outcomesOf(connection, channel, pieces);
  const redact = redactorOf(
    connection,
    pieces.map(({ message }) => message.body),
  );
  const words = answer?.text ?? (none && keptJson(none));
  return {
    outcomes: outcomes.map((outcome) =>
      "reason" in outcome ? { ...outcome, reason: mapTexts(saidBy(connection.sheet.name, outcome), redact) } : outcome,
    ),
    answer,
    words: words ? redact(words) : (words ?? null),
    sent,
  };
}

interface Heard extends Pick<Answered, "outcomes" | "answer" | "sent"> {
  /** Why there is no answer, or none that could be read. */
  none?: Reason;
}

async function outcomesOf(connection: OpenConnection, channel: string, pieces: Piece[]): Promise<Heard> {
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
    const words = whyNone(error);
    if (!words) log.error({ fault: faultOf(error), destination: connection.sheet.slug }, "an answer could not be read");
    const none = words ?? because("answer_unreadable");
    if (error instanceof NothingSent)
      return {
        outcomes: all({ is: "retry", reason: because("nothing_sent", { words: none }) }),
        answer,
        none,
        sent: null,
      };
    const reason = words && !isAnswer(words) ? because("answer_lost", { words }) : none;
    return { outcomes: all({ is: "doubt", reason }), answer, none, sent };
  }
}
