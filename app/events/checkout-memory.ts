// Remembers checkouts: the newest word of each, and that one was deleted. Shopify tells a deletion by the checkout's id alone.
import type { Id, Time } from "./facts.ts";
import { field, ownId } from "./fields.ts";
import { type Fields, Unreadable } from "./json.ts";
import type { Heard, Known, Reading, Snapshot, SnapshotKey } from "./reading.ts";
import { because } from "./reasons.ts";
import type { Checkout } from "./shopping.ts";
import { tokenOf } from "./token.ts";
import { stamp } from "./version.ts";

const LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** Newer than every word of it. */
const DELETED = "9999";

interface Named {
  id: Id | null;
  token: string;
}
/** What a snapshot of kind "checkout-id" holds: by which token a checkout goes; null: only its end was heard of. */
interface ById {
  token: string | null;
  gone: boolean;
}

export const checkoutKey = (token: string): SnapshotKey => ({ kind: "checkout", id: token });
export const idKeys = (id: Id | null): SnapshotKey[] => (id ? [{ kind: "checkout-id", id }] : []);

const byId = (id: Id | null, known: Known): ById | null =>
  (idKeys(id).flatMap((key) => (known(key)?.data as ById | undefined) ?? [])[0] as ById | undefined) ?? null;

/** The newest that a webhook told of the checkout; null: nothing, or it was deleted. */
export function lastCheckout(token: string, known: Known): Checkout | null {
  const last = known(checkoutKey(token))?.data as Checkout | { gone: true } | undefined;
  return last && !("gone" in last) ? last : null;
}

export const wasDeleted = ({ id, token }: Named, known: Known): boolean =>
  known(checkoutKey(token))?.version === DELETED || byId(id, known)?.gone === true;

const until = (heard: Heard): Time => new Date(Date.parse(heard.heardAt) + LIFE_MS).toISOString();

/** Nothing of a deleted checkout is kept, also where its end was heard of first. */
export function rememberCheckout(id: Id | null, checkout: Checkout, known: Known, heard: Heard): Snapshot[] {
  const { token } = checkout;
  if (wasDeleted({ id, token }, known)) return [tombstone(token, heard)];
  const named = idKeys(id)
    .filter((key) => !known(key))
    .map((key) => ({ ...key, version: "", data: { token, gone: false }, expiresAt: until(heard) }));
  return [...newest(checkout, known, heard), ...named];
}

function newest(checkout: Checkout, known: Known, heard: Heard): Snapshot[] {
  const key = checkoutKey(checkout.token);
  const version = stamp(heard, checkout.updatedAt);
  const before = known(key);
  if (before && before.version >= version) {
    const last = before.data as Checkout;
    const completed = checkout.completedAt && !last.completedAt;
    return completed ? [{ ...before, data: { ...last, completedAt: checkout.completedAt } }] : [];
  }
  return [{ ...key, version, data: checkout, expiresAt: until(heard) }];
}

/** In place of what was kept of it, the person too. */
const tombstone = (token: string, heard: Heard): Snapshot => ({
  ...checkoutKey(token),
  version: DELETED,
  data: { gone: true },
  expiresAt: until(heard),
});

/** checkouts/delete: nobody left what is no more. @throws Unreadable */
export function readCheckoutDeleted(body: Fields, heard: Heard): Reading {
  const id = ownId(body);
  const told = tokenOf(field(body, "token"));
  if (!id && !told) throw new Unreadable(because("field_missing", { field: "id" }));
  const normalize = (known: Known) => {
    const token = told ?? byId(id, known)?.token ?? null;
    const ended = idKeys(id).map((key) => ({
      ...key,
      version: "",
      data: { token, gone: true },
      expiresAt: until(heard),
    }));
    return { events: [], snapshots: [...(token ? [tombstone(token, heard)] : []), ...ended] };
  };
  return { is: "events", needs: idKeys(id), normalize };
}
