// Whose body is it? The signature proves that Shopify wrote it, not for which shop: the header that names the shop is not signed.
import type { Shop } from "./facts.ts";
import { field, id, shortText } from "./fields.ts";
import { type Fields, Unreadable } from "./json.ts";
import { because } from "./reasons.ts";

/** "ours": it names the shop that the header names. "unsaid": it names none that can be told from ours. */
type Whose = "ours" | "another's" | "unsaid";

/** By the body's own fields alone: what lies deeper (an address, a note) may name anything. */
function whose(body: Fields, topic: string, shop: Shop): Whose {
  const text = (name: string) => shortText(field(body, name), 255)?.toLowerCase() || null;
  const permanent = [text("myshopify_domain"), text("shop_domain")].filter((name) => name !== null);
  const numbers = [id(body, "shop_id"), IS_THE_SHOP.has(topic) ? id(body, "id") : null].filter((told) => told !== null);
  if (permanent.some((name) => name !== shop.domain)) return "another's";
  if (shop.id && numbers.some((told) => told !== shop.id)) return "another's";
  if (permanent.length > 0) return "ours";
  // What buyers see may be any domain. Where the permanent one is not told beside it, a Shopify name is taken for that.
  const shown = text("domain");
  if (shown === shop.domain || (shown && shown === shop.primaryDomain)) return "ours";
  if (shown?.endsWith(".myshopify.com")) return "another's";
  return shop.id && numbers.length > 0 ? "ours" : "unsaid";
}

/** Topics whose body is the shop itself. */
const IS_THE_SHOP = new Set(["app/uninstalled", "shop/update"]);

/** @throws Unreadable where the body is another shop's, or does not say whose it is and `mustSay`. */
export function mustBeOurs(body: Fields, topic: string, shop: Shop, mustSay: boolean): void {
  const is = whose(body, topic, shop);
  if (is === "another's") throw new Unreadable(because("shop_another"));
  if (is === "unsaid" && mustSay) throw new Unreadable(because("shop_unsaid"));
}
