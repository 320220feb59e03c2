// The forms in which ShopiMind takes a language, a time, an amount and a link.
import { perPiece } from "../../events/decimal.ts";
import type { Decimal, Shop, Time } from "../../events/facts.ts";
import { decimal } from "../number.ts";
import type { Exact } from "./entities.ts";

/** ISO 639-1: "en-US" is "en"; the shop's where the text names none. */
export function language(locale: string | null, shop: Shop): string {
  const two = /^[a-z]{2}(?![a-z])/i.exec(locale ?? "")?.[0] ?? shop.locale.slice(0, 2);
  return two.toLowerCase();
}

/** The first time that is known, in UTC with milliseconds, as the reference writes it. */
export function instant(time: Time | null, ...orElse: Time[]): string {
  return new Date(time ?? orElse[0] ?? Number.NaN).toISOString();
}

/** At most two decimals; digits beyond are rounded half up. */
export function amount(text: Decimal): Exact {
  return decimal((text.split(".")[1]?.length ?? 0) <= 2 ? text : perPiece(text, 1));
}

/** A page of the shop: the home page where the thing has no handle. */
export function link(shop: Shop, kind: "products" | "collections", handle: string | null): string {
  return `https://${shop.primaryDomain}/${handle ? `${kind}/${handle}` : ""}`;
}

/** Leaves out what is not known: ShopiMind's optional fields are absent, not null. */
export function known<Fields extends object>(fields: Fields): { [K in keyof Fields]?: NonNullable<Fields[K]> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return Object.fromEntries(kept) as { [K in keyof Fields]?: NonNullable<Fields[K]> };
}
