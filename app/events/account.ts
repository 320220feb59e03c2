// An order's account: what its purchase said, what of that was taken back since, and what is left by the newest that was heard.
// It keeps: purchase − refunds − reductions + raise = what is left. So nothing is told as taken off before it is sure to be gone.
import { backOf, type LineBack } from "./back.ts";
import { compare, isZero, least, less, most, sum, writtenAs } from "./decimal.ts";
import type { Decimal, Id, Time } from "./facts.ts";
import type { Owed } from "./owed.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";
import type { RefundFacts } from "./refund-facts.ts";
import type { Purchase, Refund } from "./shopping.ts";
import { utc } from "./version.ts";

/** The two happenings that may count as the purchase, by the merchant's choice. */
export const purchases: Purchase[] = ["placed", "paid"];

/** A purchase as vendors were told it, and how much less they were told since. */
export interface Base {
  gross: Decimal;
  less: Decimal;
  /** What was added to the order since, and cannot be told. */
  raise: Decimal;
}
interface Version {
  updatedAt: Time;
  now: Decimal;
  ever: Decimal;
  ordered: number;
  /** Pieces that are left, by line. */
  pieces: Record<Id, number>;
  refunds: Record<Id, { paid: Decimal; awaited: Decimal }>;
}
export interface KnownRefund {
  paid: Decimal;
  exact: boolean;
  /** What it says that its pieces and shipping are worth; "0": it is for an amount alone. */
  worth: Decimal;
  /** The pieces, by line. */
  lines: Record<Id, LineBack>;
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
    pieces: owed.pieces,
    refunds: Object.fromEntries(refunds),
  };
  return isNewer(version, account.newest) ? { ...account, newest: version } : account;
}

/**
 * Shopify's times have whole seconds, and a webhook may come late: of two of one second the one that tells of more is newer
 * (refunds, pieces ever ordered, money paid back), then the one with less left, or less on its way.
 */
function isNewer(one: Version, other: Version | null): boolean {
  if (!other) return true;
  const later = Date.parse(one.updatedAt) - Date.parse(other.updatedAt);
  const more = Object.keys(one.refunds).length - Object.keys(other.refunds).length;
  const pieces = one.ordered - other.ordered;
  return (
    (later ||
      more ||
      pieces ||
      compare(paidIn(one), paidIn(other)) ||
      compare(other.now, one.now) ||
      compare(awaitedIn(other), awaitedIn(one))) > 0
  );
}

const paidIn = ({ refunds }: Version) => sum("0", ...Object.values(refunds).map(({ paid }) => paid));
const awaitedIn = ({ refunds }: Version) => sum("0", ...Object.values(refunds).map(({ awaited }) => awaited));

/**
 * The purchase as this webhook told it, with the money that is known to have gone back and that the webhook does not tell of: where
 * that was for pieces it does not have yet, they were bought; where it was for no piece in particular it may be what an edit left
 * over, and as far as the order was ever worth so much, it was bought.
 */
export function withPurchase(account: Account, which: Purchase, owed: Owed): Account {
  if (account[which]) return account;
  const { amounts, ever, refunds } = owed;
  const here = new Map(refunds.map((one) => [one.id, sum(one.paid, one.awaited)]));
  const known = Object.entries(account.refunds);
  const late = known.flatMap(([id, one]) => (here.has(id) ? [most(less(one.decided, here.get(id) ?? "0"), "0")] : []));
  const unseen = backOf(
    known.flatMap(([id, one]) => (here.has(id) ? [] : [one])),
    owed.pieces,
  );
  const whole = most(least(sum(amounts.total, ...late, unseen.plain), ever), amounts.total);
  const gross = writtenAs(sum(whole, unseen.strange), amounts.total);
  const told = known.map(([, one]) => one.told[which]);
  return { ...account, [which]: { gross, less: sum("0", ...told), raise: "0" } };
}

export function withRefund(account: Account, facts: RefundFacts, refund: Refund): Account {
  const before = account.refunds[refund.id];
  const paid = most(facts.paid, before?.paid ?? "0");
  const one: KnownRefund = {
    paid,
    exact: facts.exact && (before?.exact ?? true),
    worth: most(facts.worth, before?.worth ?? "0"),
    lines: { ...before?.lines, ...Object.fromEntries(facts.pieces) },
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
const fallenOf = (account: Account, newest: Version) => most(less(newest.ever, worthNow(account, newest)), "0");

const unseenBy = ({ refunds }: Account, newest: Version) =>
  Object.entries(refunds).filter(([id]) => !newest.refunds[id]);

/** What should be left of the purchase by all that was heard. */
export function targetOf(account: Account, base: Base): Decimal {
  const { newest, refunds } = account;
  if (!newest) return toldOf(base);
  const paid = Object.entries(newest.refunds).map(([id, one]) => most(refunds[id]?.paid ?? "0", one.paid));
  const unseen = backOf(
    unseenBy(account, newest).map(([, one]) => one),
    newest.pieces,
  );
  // Money for no piece in particular may be what an edit before it has left over: the order's next webhook tells.
  const rest = most(less(unseen.plain, fallenOf(account, newest)), "0");
  return most(less(worthNow(account, newest), sum(...paid, unseen.sure, rest)), "0");
}

/**
 * Of a refund that the order's newest version does not tell of yet: is it for pieces that were added since, or was some of it for no
 * piece in particular, after the order fell?
 */
export function mustWait(account: Account, id: Id): boolean {
  const { newest } = account;
  if (!newest || newest.refunds[id]) return false;
  const unseen = unseenBy(account, newest).map(([of, one]) => (of === id ? { ...one, decided: one.paid } : one));
  const { strange, plain } = backOf(unseen, newest.pieces);
  return !isZero(strange) || !(isZero(plain) || isZero(fallenOf(account, newest)));
}
