// Where a person can be: every table and column, and what is done there when they are erased. A test holds it against the database.
import { forgetDays } from "../accuracy/days.ts";
import { eraseBodies } from "./bodies.ts";
import { eraseCopies } from "./copies.ts";
import type { Erasing } from "./erasing.ts";
import { eraseEvents } from "./events.ts";
import { eraseFiles } from "./files.ts";
import { eraseRequests } from "./requests.ts";
import { eraseShelf } from "./shelf.ts";
import { eraseSentences } from "./words.ts";

interface Place {
  /** "table.column" */
  columns: string[];
  how: string;
  erase: (erasing: Erasing) => Promise<void>;
}

/** Worked off in this order: the words are gathered while the events still have them. The snapshots go before all, in the normalizer's place. */
export const PLACES: Place[] = [
  {
    columns: [],
    how: "what a vendor said of them is cut out of the reasons of all that its connection owes or lost",
    erase: eraseCopies,
  },
  {
    columns: [
      "replay.which",
      "alert.reason_values",
      "connection.reason_values",
      "lane.paused_channels",
      "lane.declared",
    ],
    how: "the person's words are cut out of all of the shop's; what is declared under one is forgotten",
    erase: eraseSentences,
  },
  {
    columns: ["webhook.body", "webhook.reason_values"],
    how: "found by ids, tokens, addresses and numbers in the text: the body goes, a waiting request keeps its ids; the words are cut out of the reason",
    erase: eraseBodies,
  },
  {
    columns: ["backfill_line.data"],
    how: "found as a body is: the line goes, and with it what was to be told of it",
    erase: eraseShelf,
  },
  {
    columns: ["sent_request.text"],
    how: "found by the deliveries of their events: their messages go, whatever else the request carried stays",
    erase: eraseRequests,
  },
  {
    columns: ["event.data", "event.persons", "delivery.reason_values", "attempt.answer"],
    how: "found by subject: ids, amounts, kinds, times and products stay (stays.ts); what goes of an event is cut out of what vendors said of it",
    erase: eraseEvents,
  },
  {
    columns: ["order_day.counts"],
    how: "the shop's are removed when the reasons are cut: they are counted anew from these",
    erase: ({ road, shop }) => forgetDays(road, shop),
  },
  {
    columns: ["data_request.file", "data_request.persons"],
    how: "the files that were gathered about the person are deleted; that they were asked for stays, with the counts",
    erase: eraseFiles,
  },
];

export const BEFORE_ALL = { columns: ["snapshot.data", "snapshot.persons"], how: "by kind (snapshots.ts)" };

/** Columns of text that hold no person, or only ids and hashes, which stay: the ledger is known by them. By table, with the reason. */
export const NO_PERSON: Record<string, { columns: string; because: string }> = {
  shop: {
    columns:
      "domain facts pixel_key pixel_endpoint pixel_says alert_url lacks shopify_id saved alert_slack alert_mail alert_language alert_limits accuracy",
    because: "the shop's own facts and settings; whom of the merchant's people alerts are mailed to",
  },
  shop_domain: { columns: "domain shop", because: "the names of a shop" },
  session: {
    columns: "id shop state scope accessToken firstName lastName email locale refreshToken",
    because: "the merchant's staff, no buyers; deleted with the installation",
  },
  webhook: {
    columns: "shop topic webhook_id event_id api_version origin state reason_code dismissed_by",
    because: "Shopify's headers; a post's id is a hash; the id of one of the merchant's staff",
  },
  event: { columns: "shop key kind subject version", because: "ids, hashes, kinds and times" },
  snapshot: { columns: "shop kind id version", because: "ids, tokens and times" },
  connection: {
    columns: "shop destination name state reason_code settings secrets account rules saved_by tested",
    because:
      "the merchant's settings; secrets are sealed, a test's are a pseudonym; the id of one of the merchant's staff",
  },
  connection_secret: { columns: "field shop destination print", because: "a pseudonym of the merchant's own secret" },
  connection_change: {
    columns: "shop changed_by what",
    because: "the merchant's settings before and since; the id of one of the merchant's staff",
  },
  lane: {
    columns: "shop destination owner host channel_tries warning",
    because: "a process's name, the host that is asked, times, and the vendor's word on its quota",
  },
  delivery: {
    columns:
      "shop destination account key_hash kind state reason_code held_by subject version settled user_id currency dismissed_by",
    because:
      "ids, hashes, kinds; user_id is the id by which the vendor is asked to erase; dismissed_by is one of the merchant's staff",
  },
  attempt: {
    columns: "shop destination channel deliveries outcome insisted twice",
    because: "ids and counted states",
  },
  sent_request: { columns: "shop deliveries", because: "ids" },
  high_water: { columns: "subject version", because: "ids and times" },
  delivery_count: { columns: "destination state", because: "counts" },
  webhook_count: { columns: "shop state", because: "counts" },
  visitor_count: { columns: "shop from", because: "counts" },
  budget: { columns: "key", because: "a vendor and hashes" },
  alert: {
    columns: "shop destination kind reason_code post_failure",
    because: "why the merchant's own address did not answer",
  },
  alert_notice: {
    columns: "shop way what reason_code reason_values",
    because: "how an alert was told, and why that did not get there: a status or a code",
  },
  replay: {
    columns: "shop what by reason_key",
    because: "the id of one of the merchant's staff, and a hash of a reason",
  },
  delivery_hour: { columns: "currency", because: "counts and sums" },
  order_day: { columns: "shop of", because: "a hash of a connection's rules" },
  order_day_stale: { columns: "shop", because: "times" },
  due_worth: { columns: "currency", because: "sums" },
  attention_count: { columns: "state reason_key currency", because: "counts and sums, by a hash of a reason" },
  host_breaker: { columns: "host lanes", because: "a vendor's host, and ids of connections" },
  deed: { columns: "of", because: "whose database it is" },
  token_turn: { columns: "shop", because: "the shop" },
  reconciliation: {
    columns: "shop reason_code reason_values",
    because: "why Shopify could not be asked: scopes, and its words on a question",
  },
  reconciliation_mark: { columns: "shop resource cursor", because: "Shopify's cursor in a list: an id and a time" },
  shopify_budget: { columns: "shop", because: "the shop" },
  backfill: {
    columns: "shop state reason_code reason_values what pieces expected operation left_out",
    because: "what a merchant chose, times and counts; Shopify's word on a refusal names fields and scopes",
  },
  backfill_line: { columns: "id parent", because: "ids" },
  pixel_day: { columns: "shop", because: "counts" },
  upkeep_mark: { columns: "name", because: "names of scans" },
  upkeep_left: { columns: "walk", because: "names of scans" },
  erasure: {
    columns: "shop about person told vendors asked_by",
    because: "ids and pseudonyms; the person is sealed while it is under way, then gone; a vendor's words are cut",
  },
  data_request: { columns: "shop about holds", because: "ids, pseudonyms and counts" },
  look: { columns: "shop who what about", because: "a user of the shop's, and ids" },
  erased_shop: { columns: "hash", because: "a hash of a shop" },
  kept_key: { columns: "hash", because: "hashes" },
  _prisma_migrations: { columns: "id checksum migration_name logs", because: "the migrations" },
};
