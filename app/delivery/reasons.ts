// The road's own reasons, and how any reason is told and written down. The vendors' are in their folders, a webhook's in events/reasons.ts.
import { type Reason, reasonsOf, type Sentences, tell } from "../base/reason.ts";
import { COMMON_REASONS } from "../destinations/reasons.ts";
import { EVENT_REASONS } from "../events/reasons.ts";
import { ALERT_REASONS } from "./alerts/reasons.ts";
import type { Road } from "./road.ts";

export const ROAD_REASONS = {
  /** As it was kept before reasons had codes. */
  as_told: "{words}",
  not_known: "no reason is known",

  // Rightly not sent, seen when it is booked.
  no_more_call: "the order is worth {more} {currency} more since; {vendor} has no call that adds to a purchase",
  no_less_call: "the order is worth {less} {currency} less since; {vendor} has no call for that",
  never_told: "what was taken off the order had never been told",
  refunds_off: "refunds are switched off, and what was taken off goes with them",
  before_connection: "it happened before this connection was made",
  closed_before: "it happened longer ago than {vendor} takes",
  edited_before: "what went back was taken off before, by an edit",
  cancelled_unpaid: "it was cancelled before anything was paid",
  point_of_sale: "an order of the point of sale",
  not_paid_yet: "it is not paid yet, and counts here when it is",
  counts_when_paid: "an order counts here when it is paid, not when it is placed",
  counts_when_placed: "an order counts here when it is placed, not when it is paid",
  off_when_it_came: "the connection, or its purchases, were switched off when it came",
  renewal: "a subscription's renewal",
  online_order: "an order of the online shop, which does not count here",
  draft_order: "an order that staff wrote, which does not count here",
  tag_left_out: "an order with the tag {tag}, which does not count here",
  tag_missing: "an order with none of the tags that count here ({tags})",
  other_channel: "an order by {channel}, a channel that does not count here",
  buyer_not_seen: "an order whose buyer is not known to have been in the shop",
  other_country: "not one of this connection's countries ({country})",
  no_country: "not one of this connection's countries (no country known)",
  no_consent: "the visitor did not consent to {purpose}",
  purpose_marketing: "marketing",
  purpose_analytics: "analytics",
  consent_not_known: "the visitor's consent is not known",

  // Switched off.
  switched_off: "switched off",
  disconnected: "disconnected",
  uninstalled: "the app was uninstalled",
  counted_before_erased: "it was counted before the shop left and was erased here",
  kind_switched_off: "this kind of event is switched off",
  account_before: "it was owed to the account before",
  erased: "the customer was erased",
  backfill_cancelled: "the backfill that owed it was cancelled",
  no_room: "left out: the vendor's limit of requests is needed for what matters more",
  paused_by_merchant: "paused by the merchant",

  // States.
  newer_sent: "a newer state was sent instead",
  newer_known: "a newer state was known already",

  // It waits.
  waits_for_purchase: "waits for its purchase",
  waits_for_customer: "waits for its customer",
  purchase_not_counted: "its purchase was not counted here",
  metafield_unasked:
    "Shopify could not be asked for the products' metafield {name}; if this stays, open the app in Shopify once",
  replayed: "replayed: {before}",

  // It cannot be said.
  not_taken: "this destination does not take it any more",
  nothing_to_say: "there is nothing to say",
  not_in_words: "it could not be put into {vendor}'s words: {fault}",

  // What came of a request.
  nothing_sent: "it could not be reached, and nothing was sent: {words}",
  answer_lost: "it did not answer: {words}",
  answer_unreadable: "the answer could not be read: {fault}",
  no_outcome: "no outcome",
  outcomes_miscounted: "{outcomes} outcomes for {messages} messages",
  words_unkept: "the vendor's words cannot be kept",
  tried_once_more: "{reason} (tried once more)",
  same_to_many: "{reason} (the same to {count} in a row)",
  said_nothing: "{outcome}",
  outcome_delivered: "delivered",

  // In doubt.
  cannot_tell: "its answer was lost, and the vendor cannot tell whether it arrived",
  cannot_tell_asked: "it may have arrived: the vendor was asked, and cannot tell",
  cannot_tell_answered: "it was answered with “{said}”, may have arrived, and the vendor cannot tell",
  worker_ended: "the worker ended before the answer came",
  asked_in_vain: "it may have arrived; the vendor is asked whether it has it, so far in vain: {words}",
  not_there: "the vendor did not have it; it is sent again",
  not_there_late: "the vendor does not have it, and the time to send it is over",
  sent_as_wished: "the vendor cannot tell whether it has it; it is sent again, as was wished",

  // Its time is over.
  too_late: "not sent in time",
  too_late_last: "not sent in time; last: {last}",
  doubt_over: "it may have arrived; the time to send it again is over",
  only_asked: "it may have arrived and its time is over; the vendor is asked whether it has it",

  // The classes of what goes wrong with a request.
  error_unreached: "{vendor} could not be reached, and nothing was sent",
  error_unanswered: "{vendor} did not answer: what was sent may have arrived",
  error_doubt: "{vendor} answered {status}: what was sent may have arrived",
  error_busy: "{vendor} answered {status}: it took nothing, and wants to be asked later",
  error_no: "{vendor} answered {status}, and took nothing of it",
  error_odd: "{vendor} answered {status}, and did not take all of it",

  // What a connection's form says beside a field.
  form_missing: "{label} is missing",
  form_choice: "{label} must be one of {choices}",
  form_shape: "{says}",
  form_long: "{label} is longer than {most} characters",
  unsendable:
    "One of the credentials holds a character that cannot be sent. Copy it again, without what stands around it",
  strange_countries: "{countries}: no such country is known",
  no_events: "Choose one event at least. To send nothing, turn the connection off",
  many_tags: "More than {most} tags",
  long_tag: "A tag has at most {most} characters",
  tag_twice: "{tag} cannot both count and not count",
  secret_elsewhere: "{label} would go to another address than before. Enter it again",
  secret_of_other: "The connection “{name}” has this already: what happens would count twice",
  secret_of_another: "Another connection has this already: what happens would count twice",
  account_of_other: "The connection “{name}” already delivers to this account",
  name_of_other: "Another connection to {vendor} is called “{name}”. Give this one a name of its own",
  form_gone: "This connection does not exist any more",
  form_stale: "These settings were saved by somebody else meanwhile",
  shop_unsettled:
    "Shopify has not said yet which shop this is, and a shop that was renamed has its connections already. Shopify is asked again within a minute: try again then",

  // Connections, webhooks.
  credentials_closed: "Its credentials cannot be opened ({fault}). Enter them again.",

  ...ALERT_REASONS,

  not_worked_off: "it could not be worked off: {fault}",

  // What a page asks of a vendor.
  not_asked: "{vendor} could not be asked. {words}.",
  nothing_to_mend: "there is nothing to mend here",
  not_mended: "{vendor} did not do it. {words}.",
  no_figures: "{vendor} did not give its figures: {words}",
  figure_had: "Already had it",
  figure_had_means: "Purchases that {vendor} knew before we sent them first",
  counted_by_own_app:
    "{vendor} had {had} of our {purchases} purchases already ({percent} %): its own Shopify app very likely counts the same orders. Only one of the two should send them.",

  // The web pixel.
  pixel_went: "Shopify took it away when the app was uninstalled; it is made anew when the app is opened next.",
} as const;
export type RoadCode = keyof typeof ROAD_REASONS;
export const because = reasonsOf(ROAD_REASONS);

/** A pause of the merchant's own: nobody is alarmed by it, and it outlasts a change of settings. */
export const PAUSED_BY_MERCHANT = "paused_by_merchant" satisfies RoadCode;

type Knows = Pick<Road, "destinations">;
/** Every code with its sentence. */
export const sentencesOf = ({ destinations }: Knows): Sentences =>
  Object.assign({}, EVENT_REASONS, COMMON_REASONS, ...destinations.map(({ reasons }) => reasons), ROAD_REASONS);

/** The sentence. */
export const told = (road: Knows, reason: Reason): string => tell(sentencesOf(road), reason);
export const toldOrNull = (road: Knows, reason: Reason | null): string | null => reason && told(road, reason);

/** SQL: of a row of delivery, connection, webhook or alert, its reason; null where it has none. */
export const sqlReason = (row: string) =>
  `CASE WHEN ${row}.reason_code IS NOT NULL THEN jsonb_build_object('code', ${row}.reason_code, 'values', ${row}.reason_values) END`;
/** SQL: sets the reason to that in an expression of jsonb. */
export const sqlSetReason = (reason: string) =>
  `reason_code = ${reason} ->> 'code', reason_values = ${reason} -> 'values'`;
/** SQL: sets a reason that has no values. */
export const sqlSetCode = (code: RoadCode) => `reason_code = '${code}', reason_values = '{}'`;
export const NO_REASON = "reason_code = NULL, reason_values = NULL";
