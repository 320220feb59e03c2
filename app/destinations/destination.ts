// The contract of a destination: a data sheet and pure functions; all that the road needs to know of a vendor.
import type { Reason, Sentences } from "../base/reason.ts";
import type { Event, EventKind, EventOf } from "../events/event.ts";
import type { History } from "./history.ts";
import type { Range, Report } from "./report.ts";

export type { Range, Report };

/** One setting of a connection; the form on the page is drawn from it. */
interface Field {
  label: string;
  help?: string;
  /** Where the merchant finds the value, in the vendor's own words. */
  where?: string;
  secret?: boolean;
  /** Of a secret: one serves several accounts, so that two connections may have it. */
  forMany?: true;
  optional?: boolean;
  /** Fixed choices by value; a switch is a choice of "on" and "off". */
  choices?: Record<string, string>;
  /** What holds until the merchant says otherwise. */
  default?: string;
  /** What a value must look like, with the sentence that says so. */
  pattern?: { matches: RegExp; says: string };
}
export type Fields = Record<string, Field>;
/** Settings as the data sheet sees them: text, "" where an optional one is not set. */
type SettingsOf<F extends Fields> = { [K in keyof F]: string };

/** What to say to the vendor about one event. */
export interface Message {
  channel: string;
  /** The vendor's own key for it (event id, transaction id, order id). */
  id: string;
  /** Goes into the request as JSON; exact numbers are made by `decimal()` and `integer()`. */
  body: unknown;
  /** The id the vendor knows the person by; kept with the delivery so that the person can be erased there. */
  userId?: string;
}
/** Rightly not sent. */
export interface Skip {
  skip: Reason;
}
export const skip = (reason: Reason): Skip => ({ skip: reason });

/** Why something is as it is: a reason of the data sheet's, or, as a plain text, the vendor's own words. */
export type Why = Reason | string;

/** What became of one message. Anything but `delivered`, `refused`, `skipped` and `unknown` leaves the delivery due. */
export type Outcome =
  | { is: "delivered"; alreadyHad?: boolean }
  | { is: "skipped"; reason: Why }
  | { is: "refused"; reason: Why }
  /** It may have been done, and neither sending again nor asking can settle it. */
  | { is: "unknown"; reason: Why }
  /** Nothing was done at the vendor: again later, at the earliest in `after` milliseconds. */
  | { is: "retry"; reason: Why; after?: number }
  /** Nothing was done, and a person must act first. */
  | { is: "pause"; reason: Why; scope: "channel" | "connection" }
  /**
   * Nothing was done, since the batch as a whole was refused: halve it; a single message is then refused.
   * `foreign`: not in the vendor's own words; the same to several messages is about more than them, and pauses.
   * `onceMore`: the no may be a failure of the vendor's own; a single message is tried once more first.
   */
  | { is: "split"; reason: Why; foreign?: true; onceMore?: true }
  /** It may have been done. */
  | { is: "doubt"; reason: Why; after?: number };

export interface Request {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the base URL, with its leading slash. */
  path: string;
  query?: Record<string, string | undefined>;
  headers?: Record<string, string>;
  json?: unknown;
}
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; null where there is none, undefined where it is no JSON. */
  json: unknown;
}
/**
 * The one way out, handed in: base URL, the data sheet's headers, budget, time-out (10 s) and the attempt's record included.
 * @throws NothingSent before a byte was written · AnswerLost after it (see http.ts)
 */
export type Http = (request: Request) => Promise<Answer>;

export interface Budget {
  requests: number;
  per: "minute" | "hour";
  /** What the vendor counts by: the key, the address this host goes out by, or both together. */
  scope: "key" | "address" | "key and address";
}
export interface ChannelSheet {
  /** Most messages in one request. */
  batch: number;
  /** Most UTF-8 bytes of one request's body. */
  bytes?: number;
  /** Most requests of one lane that may be under way at a time; absent: one. */
  width?: number;
}

/** What must exist at the vendor before a message is sent; declared once per connection and again when `body` changes. */
export interface Declaration {
  key: string;
  body: unknown;
}
export interface Declared {
  /** What holds back all messages that wait for them; null: nothing does. */
  outcome: Outcome | null;
  /** Those that the vendor refuses for good, by key, with its words: only what needs them is refused. */
  refused: ReadonlyMap<string, Why>;
  /** Those of which the vendor itself said nothing, by key: what needs them is sent all the same. */
  unheard?: ReadonlySet<string>;
}
export interface Finding {
  /** true: fine · false: must be mended · null: cannot be known by reading. */
  ok: boolean | null;
  says: Why;
  /** What a button beside it can do at the vendor: its words, and what `mend` is then asked for. */
  mend?: { label: Reason; what: string };
}
export type LookedUp = "there" | "not there" | "cannot tell";

export interface Destination<F extends Fields = Fields> {
  /** = folder = queue = route parameter = Delivery.destination */
  slug: string;
  name: string;
  /** One sentence for the page: what the vendor gets of it. */
  about: string;
  docs: string;
  /** Sentences the page shows beside the form: what the vendor cannot do, what overlaps with its own app. */
  notes?: string[];
  fields: F;
  /** What the vendor counts by; outlives the connection. Two connections with one account are one ledger. A secret is hashed by the road. */
  account: (settings: SettingsOf<F>) => string;
  baseUrl: (settings: SettingsOf<F>) => string;
  /** Sent with every request. */
  headers: (settings: SettingsOf<F>) => Record<string, string>;
  budgets: Budget[];
  /** The vendor refuses what happened longer ago, in milliseconds; absent: a delivery is tried for 72 hours. */
  window?: number;
  /** The page's word for `delivered`, where the vendor's yes means less: "accepted". */
  deliveredAs?: "accepted";
  /** The sentences of its own reasons (reasons.ts); a code begins with the slug. */
  reasons?: Sentences;
  /** In sending order. */
  channels: Record<string, ChannelSheet>;
  /** Which consent of the visitor its events need. */
  consent: "marketing" | "analytics" | null;
  /** Its figures join a purchase to what the visitor did before: an order waits a few seconds for the web pixel to say who it was. */
  needsVisitor?: true;
  /** Where nobody told us of the visitor's consent: send, or as the merchant says on the connect form. */
  unknownConsent: "send" | "ask";
  /** The metafield ("namespace.key") by which the vendor knows the shop's products, where the settings name one: items come with it. */
  productMetafield?: (settings: SettingsOf<F>) => string | null;
  /** The vendor's own Shopify app: the connect form asks whether it is active; if so, these events start off. */
  ownApp?: { question: string; overlaps: EventKind[] };
  /** What to say about an event; the keys are the events it takes. */
  on: { [Kind in EventKind]?: (event: EventOf<Kind>, settings: SettingsOf<F>) => Message | Message[] | Skip };
  /** What the page says that each of them becomes: the vendor's own word for it, or its call; `setting`: as that one says. Absent: nothing. */
  becomes?: { [Kind in EventKind]?: string | { setting: string } };
  /** One request, one outcome per message, in their order. */
  send: (channel: string, messages: Message[], settings: SettingsOf<F>, http: Http) => Promise<Outcome[]>;
  /** What an answer to `send` warns of beside what it says, such as a quota that is nearly used up; null: nothing. */
  warns?: (answer: Answer) => Reason | null;
  /** What may be done with a message whose answer was lost, by the age in milliseconds of its first doubtful attempt. */
  inDoubt: (channel: string, age: number, settings: SettingsOf<F>) => "send again" | "look up" | "unknown";
  /** What a backfill may tell it; absent: nothing. */
  history?: History;
  /** Asks the vendor whether it has these; one answer per message. `since` is when the first doubtful attempt began. */
  lookUp?: (
    channel: string,
    messages: Message[],
    since: Date,
    settings: SettingsOf<F>,
    http: Http,
  ) => Promise<LookedUp[]>;
  prepare?: {
    needs: (message: Message, event: Event) => Declaration[];
    declare: (declarations: Declaration[], settings: SettingsOf<F>, http: Http) => Promise<Declared>;
  };
  /** "Test connection": reads only. The first finding says whether the credentials do. */
  check: (settings: SettingsOf<F>, http: Http) => Promise<Finding[]>;
  /** Does what a finding of `check` offers. @throws SaidNo · NotAsDocumented */
  mend?: (what: string, settings: SettingsOf<F>, http: Http) => Promise<void>;
  /** Its figures are those of now: there are no days to choose. */
  reportsNow?: true;
  /** The vendor's own figures. */
  report?: (range: Range, settings: SettingsOf<F>, http: Http) => Promise<Report>;
  /** Erases a person; `userIds` are the ids that were sent for them. Absent: the vendor has no such call. */
  forget?: (userIds: string[], settings: SettingsOf<F>, http: Http) => Promise<Outcome>;
}

/** Checks the data sheet's types against its own fields and widens it for the road. */
export function defineDestination<const F extends Fields>(destination: Destination<F>): Destination {
  return destination as unknown as Destination;
}
