// An order's account: what its purchase said, what of that was taken back since, and what is left by the newest that was heard.
import { compare, isZero, least, less, most, sum, writtenAs } from "./decimal.ts";
import type { Decimal, Id, Time } from "./facts.ts";
import type { Owed } from "./owed.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";
import type { RefundFacts } from "./refund-facts.ts";
import type { Refund } from "./shopping.ts";
import { utc } from "./version.ts";

/** The two happenings that may count as the purchase, by the merchant's choice. */
export type Purchase = "placed" | "paid";
export const purchases: Purchase[] = ["placed", "paid"];

/** A purchase as vendors were told it, and how much less they were told since. */
export interface Base {
  gross: Decimal;
  less: Decimal;
  /** What was added to the order since, and cannot be told. */
  raise: Decimal;
}
export interface Version {
  updatedAt: Time;
  now: Decimal;
  ever: Decimal;
  ordered: number;
  refunds: Record<Id, { paid: Decimal; awaited: Decimal }>;
}
export interface KnownRefund {
  paid: Decimal;
  exact: boolean;
  /** Is it for pieces, or for an amount alone? */
  forPieces: boolean;
  /** What of it was decided, and what of that each purchase's vendors were told. */
  decided: Decimal;
  times: number;
  told: Record<Purchase, Decimal>;
  /** As long as it is not decided. */
  refund?: Refund;
}
/** What a snapshot of kind "account" holds. No person is in it. */
export interface Account {
  newest: Version | null;
  refunds: Record<Id, KnownRefund>;
  placed: Base | null;
  paid: Base | null;
  /** How many reductions there were: each has a number at the vendors. */
  reductions: number;
}

export const accountKey = (orderId: Id): SnapshotKey => ({ kind: "account", id: orderId });

export const accountOf = (orderId: Id, known: Known): Account =>
  (known(accountKey(orderId))?.data as Account | undefined) ?? {
    newest: null,
    refunds: {},
    placed: null,
    paid: null,
    reductions: 0,
  };

/** So long after the last word of an order a refund is still reckoned against what was told of it. */
const LIFE_MS = 400 * 24 * 60 * 60 * 1000;

export const accountSnapshot = (orderId: Id, account: Account, heard: Heard): Snapshot => ({
  ...accountKey(orderId),
  version: account.newest ? utc(account.newest.updatedAt) : "",
  data: account,
  expiresAt: new Date(Date.parse(heard.heardAt) + LIFE_MS).toISOString(),
});

export function withVersion(account: Account, owed: Owed, updatedAt: Time): Account {
  const refunds = owed.refunds.flatMap(({ id, paid, awaited }) => (id ? [[id, { paid, awaited }] as const] : []));
  const version = {
    updatedAt,
    now: owed.now,
    ever: owed.ever,
    ordered: owed.ordered,
    refunds: Object.fromEntries(refunds),
  };
  return isNewer(version, account.newest) ? { ...account, newest: version } : account;
}

/**
 * Shopify's times have whole seconds, and a webhook may come late: of two of one second the one that tells of more is newer
 * (refunds, pieces ever ordered, money paid back), then the one with less left.
 */
function isNewer(one: Version, other: Version | null): boolean {
  if (!other) return true;
  const later = Date.parse(one.updatedAt) - Date.parse(other.updatedAt);
  const more = Object.keys(one.refunds).length - Object.keys(other.refunds).length;
  const pieces = one.ordered - other.ordered;
  return (later || more || pieces || compare(paidIn(one), paidIn(other)) || compare(other.now, one.now)) > 0;
}

const paidIn = ({ refunds }: Version) => sum(...Object.values(refunds).map(({ paid }) => paid));

/**
 * The purchase as this webhook told it, with the money that is known to have gone back and that the webhook does not tell of. Where
 * that was for no piece in particular it may be what an edit left over: as far as the order was ever worth so much, it was bought.
 */
export function withPurchase(account: Account, which: Purchase, owed: Owed): Account {
  if (account[which]) return account;
  const { amounts, ever } = owed;
  const untold = Object.entries(account.refunds).map(([id, one]) => untoldOf(id, one, owed));
  const told = Object.values(account.refunds).map((one) => one.told[which]);
  const total = sum(amounts.total, ...untold);
  const gross = compare(total, amounts.total) > 0 ? writtenAs(least(total, ever), amounts.total) : amounts.total;
  return { ...account, [which]: { gross, less: sum("0", ...told), raise: "0" } };
}

function untoldOf(id: Id, known: KnownRefund, { refunds }: Owed): Decimal {
  const here = refunds.find((one) => one.id === id);
  if (!here) return known.forPieces ? "0" : known.decided;
  return most(less(known.decided, sum(here.paid, here.awaited)), "0");
}

export function withRefund(account: Account, facts: RefundFacts, refund: Refund): Account {
  const before = account.refunds[refund.id];
  const paid = most(facts.paid, before?.paid ?? "0");
  const one: KnownRefund = {
    paid,
    exact: facts.exact && (before?.exact ?? true),
    forPieces: facts.pieces.size > 0 || (before?.forPieces ?? false),
    decided: before?.decided ?? "0",
    times: before?.times ?? 0,
    told: before?.told ?? { placed: "0", paid: "0" },
  };
  const open = compare(paid, one.decided) > 0;
  return { ...account, refunds: { ...account.refunds, [refund.id]: open ? { ...one, refund } : one } };
}

/** Where a refund went back in a currency that the order's amounts are not in, nothing can be reckoned. */
export const isBlind = ({ refunds }: Account): boolean => Object.values(refunds).some(({ exact }) => !exact);

/** What of the purchase vendors were told is left. */
export const toldOf = ({ gross, less: taken }: Base): Decimal => less(gross, taken);

/** What the order is worth by its newest version: what is left, and what went back or is to go back. */
function worthNow({ refunds }: Account, newest: Version): Decimal {
  const seen = Object.entries(newest.refunds);
  const back = seen.map(([id, one]) => most(refunds[id]?.paid ?? "0", sum(one.paid, one.awaited)));
  return least(sum(newest.now, ...back), newest.ever);
}

/** By how much the order fell without money going back. */
const fallenOf = (account: Account, newest: Version, { gross }: Base) =>
  most(less(gross, worthNow(account, newest)), "0");

/** What should be left of the purchase by all that was heard. */
export function targetOf(account: Account, base: Base): Decimal {
  const { newest, refunds } = account;
  if (!newest) return toldOf(base);
  const paid = Object.entries(newest.refunds).map(([id, one]) => most(refunds[id]?.paid ?? "0", one.paid));
  const unseen = Object.entries(refunds).filter(([id]) => !newest.refunds[id]);
  const forPieces = unseen.flatMap(([, one]) => (one.forPieces ? one.paid : []));
  const plain = unseen.flatMap(([, one]) => (one.forPieces ? [] : one.decided));
  // Money for no piece in particular may be what an edit before it has left over: the order's next webhook tells.
  const rest = most(less(sum("0", ...plain), fallenOf(account, newest, base)), "0");
  return most(less(worthNow(account, newest), sum(...paid, ...forPieces, rest)), "0");
}

/** Money for no piece in particular, after the order fell, in a refund that its newest version does not tell of yet. */
export function mustWait(account: Account, id: Id): boolean {
  const { newest } = account;
  if (!newest || newest.refunds[id] || account.refunds[id]?.forPieces) return false;
  return purchases.some((which) => {
    const base = account[which];
    return base !== null && !isZero(fallenOf(account, newest, base));
  });
}
