// A preview: what an unsaved form would make of a real event of the shop, or of a sample, and why something would be skipped. Nothing is sent, nothing written.
import type { Reason } from "../../base/reason.ts";
import type { Destination } from "../../destinations/destination.ts";
import { happened } from "../../destinations/sample-events.ts";
import { CLICK, source } from "../../destinations/samples.ts";
import type { Event, EventKind } from "../../events/event.ts";
import { findConnection } from "../connections/connections.ts";
import type { Draft, FormErrors } from "../connections/drafts.ts";
import type { Rules } from "../connections/rules.ts";
import { lookAt } from "../connections/save-connection.ts";
import type { Claimed } from "../deliver/claim.ts";
import { productsOf, told, valuesKept } from "../deliver/metafields.ts";
import { owe } from "../normalize/owe.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { type KnownOf, knownOf } from "./events.ts";
import { type Form, type Said, saidOf } from "./written.ts";

/** An event of the shop by its number, or a sample of a kind. */
export type Which = { event: string } | { sample: string };

export type Preview =
  | { is: "wrong form"; errors: FormErrors }
  | { is: "no event" }
  /** `besides`: why this very event would not be sent all the same; what is shown is then what one that comes now becomes. */
  | ({ is: "preview"; kind: string; besides: Reason | null } & Said);

/** They keep a form from being saved; what would be said can be shown all the same. */
const HARMLESS = ["secret_elsewhere", "secret_of_other", "account_of_other", "name_of_other"];
const TAKES_OFF = ["order.refunded", "order.reduced"];

export async function preview(road: Road, shop: string, draft: Draft, which: Which): Promise<Preview> {
  const { errors: all, ...form } = await lookAt(road, shop, { ...draft, version: undefined });
  const errors = Object.fromEntries(Object.entries(all).filter(([, { code }]) => !HARMLESS.includes(code)));
  if (Object.keys(errors).length > 0) return { is: "wrong form", errors };
  const { sheet, settings, rules } = form;
  const known = await heard(road, shop, sheet, sheet.account(settings), which);
  if (!known) return { is: "no event" };
  // As if it came once the form is saved: what was placed before keeps the old rule for purchases, which nobody asks about here.
  const to = { shop, sheet, settings, rules: { ...rules, purchaseWhenSince: null } };
  const stored = draft.id ? await findConnection(road, shop, draft.id) : null;
  const isReal = "event" in which;
  const since = isReal && stored?.account === sheet.account(settings) ? stored.createdAt : null;
  return { is: "preview", kind: known.event.kind, ...(await whatBecomes(road, to, known, since)) };
}

async function heard(
  road: Road,
  shop: string,
  sheet: Destination,
  account: string,
  which: Which,
): Promise<KnownOf | null> {
  const needsVisitor = sheet.consent !== null || sheet.needsVisitor === true;
  if ("event" in which) return knownOf(road, shop, which.event, { destination: sheet.slug, account, needsVisitor });
  if (!Object.hasOwn(sheet.on, which.sample)) return null;
  const event = await sampleOf(road, shop, which.sample as EventKind);
  return { event, heardAt: road.clock(), purchase: "delivered", order: null, visitor: null, pixelOn: false };
}

/** A happening of now in this shop, of a buyer who came by a click. */
async function sampleOf(road: Road, shop: string, kind: EventKind): Promise<Event> {
  const now = road.clock().toISOString();
  const event = happened(kind, { occurredAt: now, saidAt: now, heardAt: now, shop: await shopFacts(road.db, shop) });
  if (!("order" in event) || !event.order) return event;
  return {
    ...event,
    order: { ...event.order, placedAt: now, source: source({ clicks: { pjclid: { id: CLICK, at: now } } }) },
  };
}

/** @param since when the connection was made; null: a new one, for which what came before counts as coming now. */
async function whatBecomes(
  road: Road,
  to: Form,
  known: KnownOf,
  since: Date | null,
): Promise<Said & { besides: Reason | null }> {
  const owed = (from: Date) => skipOf(road, known, to, from);
  const skip = owed(new Date(0));
  if (skip) return { reason: skip, requests: [], declares: [], besides: null };
  const late = since && owed(since);
  const said = await saidOf(road, to, await claimedOf(road, to, known, known.purchase));
  // A refund goes where its purchase is: one that has none there shows what it would be beside one.
  if (!said.reason || known.purchase === "delivered" || !TAKES_OFF.includes(known.event.kind))
    return { ...said, besides: late };
  const beside = await saidOf(road, to, await claimedOf(road, to, known, "delivered"));
  return { ...beside, besides: beside.reason ? null : said.reason };
}

function skipOf(road: Road, { event, pixelOn }: KnownOf, { sheet, rules }: Form, since: Date): Reason | null {
  const to = {
    id: "",
    destination: sheet.slug,
    account: "",
    since,
    rules,
    consentGiven: road.sandbox !== null,
    pixelOn,
  };
  const owed = owe(event, sheet, to);
  return owed ? owed.skip : notTaken(event, sheet, rules);
}

function notTaken({ kind }: Event, { on }: Destination, { kindsOff, purchaseWhen }: Rules): Reason {
  const as = kind === "order.paid" ? "order.placed" : kind;
  if (!on[as]) return because("not_taken");
  if (kindsOff.includes(as)) return because("kind_switched_off");
  return because(purchaseWhen === "paid" ? "counts_when_paid" : "counts_when_placed");
}

async function claimedOf(
  road: Road,
  { shop, sheet, settings }: Form,
  known: KnownOf,
  purchase: string | null,
): Promise<Claimed> {
  const { event, heardAt, order, visitor } = known;
  const name = sheet.productMetafield?.(settings);
  const values = name ? await valuesKept(road, shop, name, productsOf(event)) : null;
  return {
    ...{ id: "", event: values ? told(event, values) : event, kind: event.kind, purchase, order, visitor },
    ...{ attempts: 0, lookUps: 0, reason: null, doubtSince: null, onlyLookUp: false, insisted: false, settled: [] },
    ...{ createdAt: heardAt, deadlineAt: new Date(8_640_000_000_000_000), customerDueAt: null },
  };
}
