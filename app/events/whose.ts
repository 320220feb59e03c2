// Whose body is it? The signature proves that Shopify wrote it, not for which shop: the header that names the shop is not signed.
import { field, id, shortText, time } from "./fields.ts";
import { type Fields, parseBody, Unreadable } from "./json.ts";
import type { Heard } from "./reading.ts";
import { because } from "./reasons.ts";

/** "ours": it names the shop that the header names. "unsaid": it names none that can be told from ours. */
type Whose = "ours" | "another's" | "unsaid";

type Of = Pick<Heard, "topic" | "shop" | "names">;

/** By the body's own fields alone: what lies deeper (an address, a note) may name anything. */
function whose(body: Fields, { topic, shop, names: known = [shop.domain] }: Of): Whose {
  const { names, numbers } = said(body, topic);
  if (shop.id && numbers.length > 0) {
    if (numbers.some((told) => told !== shop.id)) return "another's";
    // The number is the shop's for ever; the name is what it was when Shopify wrote it.
    return new Set(names).size > 1 ? "another's" : "ours";
  }
  if (names.some((name) => !known.includes(name))) return "another's";
  if (names.length > 0) return "ours";
  // What buyers see may be any domain. Where the permanent one is not told beside it, a Shopify name is taken for that.
  const shown = textIn(body, "domain");
  if (shown && (known.includes(shown) || shown === shop.primaryDomain)) return "ours";
  return shown?.endsWith(".myshopify.com") ? "another's" : "unsaid";
}

const textIn = (body: Fields, name: string) => shortText(field(body, name), 255)?.toLowerCase() || null;

function said(body: Fields, topic: string) {
  const names = [textIn(body, "myshopify_domain"), textIn(body, "shop_domain")].filter((name) => name !== null);
  const numbers = [id(body, "shop_id"), IS_THE_SHOP.has(topic) ? id(body, "id") : null].filter((told) => told !== null);
  return { names, numbers };
}

/** Shopify's word that the shop with this id has this domain. */
export interface Identity {
  id: string;
  domain: string;
  at: Date;
}

/** @param body one that was read, of a topic that names its shop. @returns null: it does not say both. */
export function identityIn(body: Uint8Array, topic: string, heardAt: Date): Identity | null {
  if (!namesItsShop(topic)) return null;
  const fields = parseBody(body);
  const { names, numbers } = said(fields, topic);
  const [[domain], [number]] = [names, numbers];
  if (!domain || !number) return null;
  // Its own time is signed, as the rest of the body is; a shop's body has one.
  const changed = IS_THE_SHOP.has(topic) ? time(fields, "updated_at") : null;
  return { id: number, domain, at: changed ? new Date(changed) : heardAt };
}

/** Topics whose body is the shop itself. */
const IS_THE_SHOP = new Set(["app/uninstalled", "shop/update"]);
const NAMING = new Set([...IS_THE_SHOP, "customers/data_request", "customers/redact", "shop/redact"]);

/** @throws Unreadable where the body is another shop's, or does not say whose it is and `mustSay`. */
export function mustBeOurs(body: Fields, heard: Of, mustSay: boolean): void {
  const is = whose(body, heard);
  if (is === "another's") throw new Unreadable(because("shop_another"));
  if (is === "unsaid" && mustSay) throw new Unreadable(because("shop_unsaid"));
}

export const namesItsShop = (topic: string): boolean => NAMING.has(topic);
