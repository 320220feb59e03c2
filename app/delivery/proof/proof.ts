// The requests of one delivery as they left, for its page: its own messages told apart from those of others in the same request.
import { statement } from "../../base/statement.ts";
import { cut } from "../../base/text.ts";
import type { Road } from "../road.ts";
import { mask } from "./mask.ts";
import { ERASED, laidOut } from "./messages.ts";
import { readSent, type Sent, unpack } from "./sent.ts";

/** A piece of a body, in its order. */
export interface Piece {
  /** It is of this delivery. */
  own: boolean;
  /** How many messages it is; 0: what is around them. */
  messages: number;
  text: string;
  /** The rest of it is not shown. */
  isCut: boolean;
}
export interface Proof extends Omit<Sent, "body"> {
  pieces: Piece[];
  /** It had a body, of which nothing is left. */
  erased: boolean;
}

const MOST_OWN = 50_000;
const MOST_OTHERS = 10_000;

interface Kept {
  id: string;
  deliveries: string[];
  text: Buffer;
}
const KEPT = statement<Kept, [shop: string, deliveryId: string]>("requests-of-delivery")`
  SELECT r.id, r.deliveries, r.text
  FROM attempt a
  JOIN sent_request r ON r.id = a.id
  WHERE a.deliveries @> ARRAY[$2::bigint] AND a.shop = $1
  ORDER BY r.id`;

/**
 * By the attempt's id; what is too old, or never left, is not there.
 * @param open personal data in the delivery's own messages is shown; what others were told never is.
 */
export async function proofsOf(
  road: Road,
  shop: string,
  deliveryId: string,
  open: boolean,
): Promise<Record<string, Proof>> {
  const rows = await road.db.query(KEPT, [shop, deliveryId]);
  return Object.fromEntries(rows.map((row) => [row.id, proofOf(row, deliveryId, open)]));
}

function proofOf({ deliveries, text }: Kept, deliveryId: string, open: boolean): Proof {
  const { body, ...sent } = readSent(unpack(text));
  const isOwn = (message: number | null) => message !== null && deliveries[message] === deliveryId;
  const laid = laidOut(body, deliveries.length, (json, message) => (open && isOwn(message) ? json : mask(json)));
  const pieces = runsOf(laid.messages.map((text, at) => ({ own: isOwn(at), text })));
  const around = [laid.before, laid.after].map((text) => piece({ own: false, messages: 0, texts: [text] }));
  const hadBody = sent.headers.some(([name]) => name === "content-type");
  return {
    ...sent,
    pieces: [around[0], ...pieces, around[1]].filter((one) => one !== undefined && one.text !== "") as Piece[],
    erased: hadBody && (body === "" || ownAreErased(pieces)),
  };
}

const ownAreErased = (pieces: Piece[]) =>
  pieces.some(({ own }) => own) &&
  pieces.every(({ own, text }) => !own || text.replaceAll(/,\s+/g, "") === `${ERASED}`);

interface Run {
  own: boolean;
  messages: number;
  texts: string[];
}

/** Those that follow one another and are of the same side are one. */
function runsOf(all: { own: boolean; text: string }[]): Piece[] {
  const runs: Run[] = [];
  for (const { own, text } of all) {
    const last = runs.at(-1);
    if (last?.own === own) {
      last.texts.push(text);
      last.messages += 1;
    } else runs.push({ own, messages: 1, texts: [text] });
  }
  return runs.map(piece);
}

function piece({ own, messages, texts }: Run): Piece {
  const most = own ? MOST_OWN : MOST_OTHERS;
  const whole = texts.join(",\n");
  return { own, messages, text: cut(whole, most), isCut: whole.length > most };
}
