// Reckons an order's account: which refunds and reductions are to be told now, and how much of each.
import {
  type Account,
  type Base,
  isBlind,
  type KnownRefund,
  mustWait,
  purchases,
  targetOf,
  toldOf,
} from "./account.ts";
import { compare, isZero, least, less, most, sum } from "./decimal.ts";
import type { Decimal, Id } from "./facts.ts";
import type { Against, Purchase, Refund } from "./shopping.ts";

export interface RefundTold extends Against {
  refund: Refund;
  /** What of it is to be told. Absent: all. */
  part?: Decimal;
  /** 2 and more: more of it was paid later. Absent: the first. */
  number?: number;
}
export interface Change extends Against {
  /** What is to be told as taken off; "0" where what was taken off had never been told. */
  less: Decimal;
  /** What was added to the order just now, and cannot be told. */
  more: Decimal;
  /** All that was added and is not told. */
  raise: Decimal;
  number: number;
}
export interface Reckoned {
  account: Account;
  refunds: RefundTold[];
  changes: Change[];
}

/** Every refund of which money is known, once. */
export function reckonRefunds(before: Account): Reckoned {
  let account = before;
  const refunds: RefundTold[] = [];
  for (const id of Object.keys(before.refunds).sort(byNumber)) {
    const one = account.refunds[id];
    if (!one?.refund || compare(one.paid, one.decided) <= 0 || mustWait(account, id)) continue;
    const decided = decide(account, id, one, one.refund);
    account = decided.account;
    refunds.push(...decided.refunds);
  }
  return { account, refunds, changes: [] };
}

const byNumber = (one: Id, other: Id) => one.length - other.length || (one < other ? -1 : 1);

function decide(account: Account, id: Id, one: KnownRefund, refund: Refund): Reckoned {
  const amount = less(one.paid, one.decided);
  const counted = { ...account, refunds: { ...account.refunds, [id]: { ...one, decided: one.paid } } };
  const part = (base: Base | null) =>
    base && !isBlind(account) ? least(amount, most(less(toldOf(base), targetOf(counted, base)), "0")) : amount;
  const parts = { placed: part(account.placed), paid: part(account.paid) };
  const told = (which: Purchase) => sum(one.told[which], parts[which]);
  const { refund: _, ...rest } = one;
  const times = one.times + 1;
  const known = { ...rest, decided: one.paid, times, told: { placed: told("placed"), paid: told("paid") } };
  const takenOff = (which: Purchase) => {
    const base = account[which];
    return base && { ...base, less: sum(base.less, parts[which]) };
  };
  const after = {
    ...account,
    refunds: { ...account.refunds, [id]: known },
    placed: takenOff("placed"),
    paid: takenOff("paid"),
  };
  const again = times > 1 ? { number: times } : {};
  const say = (which: Purchase): RefundTold => {
    const whole = times === 1 && compare(parts[which], amount) === 0;
    return { refund, ...again, ...(whole ? {} : { part: parts[which] }) };
  };
  if (compare(parts.placed, parts.paid) === 0) return { account: after, refunds: [say("placed")], changes: [] };
  return { account: after, refunds: purchases.map((which) => ({ ...say(which), against: which })), changes: [] };
}

/** What left the order without money going back, and what was added to it. */
export function reckonChanges(before: Account): Reckoned {
  if (isBlind(before)) return { account: before, refunds: [], changes: [] };
  let account = before;
  const changes: Change[] = [];
  for (const which of purchases) {
    const base = account[which];
    const change = base && changeOf(base, targetOf(account, base));
    if (!base || !change) continue;
    const { less: taken, raise } = change;
    account = { ...account, [which]: { ...base, less: sum(base.less, taken), raise } };
    changes.push({ against: which, ...change, number: before.reductions + 1 });
  }
  if (changes.length > 0) account = { ...account, reductions: before.reductions + 1 };
  return { account, refunds: [], changes: together(changes) };
}

function changeOf(base: Base, target: Decimal): Omit<Change, "number"> | null {
  const told = toldOf(base);
  if (compare(told, target) > 0) return { less: less(told, target), more: "0", raise: "0" };
  const raise = less(target, told);
  const more = less(raise, base.raise);
  if (isZero(more)) return null;
  return { less: "0", more: compare(more, "0") > 0 ? more : "0", raise };
}

/** Where both purchases say the same, it is one. */
function together(changes: Change[]): Change[] {
  const [one, other] = changes;
  const same =
    one &&
    other &&
    [one.less, one.more, one.raise].every(
      (amount, at) => compare(amount, [other.less, other.more, other.raise][at] ?? "0") === 0,
    );
  if (!one || !same) return changes;
  const { against: _, ...both } = one;
  return [both];
}
