// Who it was: the visitor's id and consent, stitched together over the tokens that pixel, cart, checkout, order and customer share.
import type { Consent, Id, Time, Visitor } from "./facts.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";
import type { Told } from "./source.ts";
import { utc } from "./version.ts";

/**
 * What joins a visitor to a checkout, a cart or an order. Anyone can post what a visitor is said to have done: a token cannot be guessed,
 * an order's id can, so by that nothing is joined.
 */
export interface Tokens {
  checkout?: string | null;
  cart?: string | null;
  customer?: Id | null;
  /** The theme embed's own id of the visitor, which the pixel may know beside Shopify's. */
  embed?: string | null;
  /** Shopify's, where the pixel tells the theme embed's beside it: all clients of one embed are one visitor, the latest of which it is known by. */
  client?: string | null;
}

/** What a snapshot of kind "visitor" holds. */
export interface KnownVisitor {
  visitorId: string;
  from: NonNullable<Visitor["visitorFrom"]>;
  consent: Consent;
  signedInAs?: Id;
}

const day = 24 * 60 * 60 * 1000;
const life = (id: string) => (id.startsWith("customer:") ? 400 : 30) * day;

export function visitorKeys(tokens: Tokens): SnapshotKey[] {
  const { checkout, cart, customer, embed, client } = tokens;
  const ids = Object.entries({ checkout, cart, customer, embed, client }).filter(([, token]) => token);
  return ids.map(([name, token]) => ({ kind: "visitor", id: `${name}:${token}` }));
}

/** The pixel is believed first, then the attributes, then what the cart and the customer were known by. */
export function visitor(tokens: Tokens, own: Told, known: Known, heard: Heard): Visitor {
  const of = (name: keyof Tokens) => (tokens[name] ? remembered(known, `${name}:${tokens[name]}`) : null);
  const checkout = of("checkout");
  const attribute: KnownVisitor | null = own.visitorId
    ? { visitorId: own.visitorId, from: "attribute" as const, consent: own.consent }
    : null;
  const cart = of("cart");
  const customer = of("customer");
  const found =
    [checkout, cart, of("embed")].find((one) => one?.from === "pixel") ??
    attribute ??
    checkout ??
    (cart && { ...cart, from: "cart" as const }) ??
    (customer && { ...customer, from: "customer" as const });
  if (found)
    return {
      visitorId: found.visitorId,
      visitorFrom: found.from,
      ...signedIn(found),
      consent: both(found.consent, own.consent),
    };
  const token = tokens.cart ?? tokens.customer;
  return {
    visitorId: token ? heard.pseudonym(token) : null,
    visitorFrom: token ? "pseudonym" : null,
    consent: own.consent,
  };
}

/** Snapshots by which the same visitor is known again under each of the tokens; what the pixel said is not overwritten. */
export function remember(tokens: Tokens, who: Visitor, at: Time, known: Known, heard: Heard): Snapshot[] {
  const { visitorId, visitorFrom: from, consent } = who;
  if (!visitorId || !from || from === "pseudonym") return [];
  const snapshots: Snapshot[] = [];
  for (const key of visitorKeys(from === "pixel" ? tokens : { ...tokens, embed: null })) {
    const before = known(key);
    const was = remembered(known, key.id);
    if (was?.from === "pixel" && from !== "pixel") continue;
    if (before && before.version > utc(at) && (was?.from === "pixel" || from !== "pixel")) continue;
    const id = key.id.startsWith("client:") ? (tokens.embed ?? visitorId) : visitorId;
    const data: KnownVisitor = { visitorId: id, from, consent: filled(consent, was?.consent), ...signedIn(who) };
    const ends = Date.parse(heard.heardAt) + life(key.id);
    const fresh = before?.expiresAt && Date.parse(before.expiresAt) > ends - life(key.id) / 2;
    if (fresh && JSON.stringify(was) === JSON.stringify(data)) continue;
    snapshots.push({ ...key, version: utc(at), data, expiresAt: new Date(ends).toISOString() });
  }
  return snapshots;
}

/** Who it was, where the web pixel has told of them since. */
export const knownNow = (before: Visitor, pixel: KnownVisitor): Visitor => ({
  visitorId: pixel.visitorId,
  visitorFrom: "pixel",
  ...signedIn(pixel),
  consent: both(pixel.consent, before.consent),
});

const signedIn = ({ signedInAs }: { signedInAs?: Id }) => (signedInAs ? { signedInAs } : {});

function remembered(known: Known, id: string): KnownVisitor | null {
  const data = known({ kind: "visitor", id })?.data as KnownVisitor | undefined;
  if (!data) return null;
  const { visitorId, from, consent } = data;
  // Rebuilt name by name: jsonb does not keep the order in which they were written.
  const { marketing, analytics } = consent;
  return { visitorId, from, consent: { marketing, analytics }, ...signedIn(data) };
}

const filled = (consent: Consent, older: Consent | undefined): Consent => ({
  marketing: consent.marketing ?? older?.marketing ?? null,
  analytics: consent.analytics ?? older?.analytics ?? null,
});

/** Told twice, a no counts: whoever takes consent back must not be overruled by what was known before. */
const both = (one: Consent, other: Consent): Consent => ({
  marketing: one.marketing === false || other.marketing === false ? false : (one.marketing ?? other.marketing),
  analytics: one.analytics === false || other.analytics === false ? false : (one.analytics ?? other.analytics),
});
