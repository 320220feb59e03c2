// Where an order was made, by Shopify's own words for it, and whether its buyer is known to have been in the shop.
import { field, object, text, textOf } from "./fields.ts";
import type { Fields } from "./json.ts";
import type { Channel } from "./shopping.ts";
import { tokenOf } from "./token.ts";

/** By source_name; Shopify's own channels may also go by their app's number. */
const known: Record<string, { channel: Channel; name: string }> = {
  web: { channel: "web", name: "Online Store" },
  "580111": { channel: "web", name: "Online Store" },
  iphone: { channel: "mobile", name: "Shopify for iPhone" },
  android: { channel: "mobile", name: "Shopify for Android" },
  shopify_draft_order: { channel: "draft", name: "Draft orders" },
  "1354745": { channel: "draft", name: "Draft orders" },
  pos: { channel: "pos", name: "Point of Sale" },
  "129785": { channel: "pos", name: "Point of Sale" },
  "294517": { channel: "other", name: "Recharge" },
  "2329312": { channel: "other", name: "Facebook & Instagram" },
};

/** Apps and marketplaces write their name in many ways: "amazon", "Amazon-US", "ebay_de". */
const marketplaces: Record<string, string> = {
  amazon: "Amazon",
  ebay: "eBay",
  etsy: "Etsy",
  walmart: "Walmart",
  zalando: "Zalando",
  otto: "OTTO",
  kaufland: "Kaufland",
  bol: "bol",
  cdiscount: "Cdiscount",
  allegro: "Allegro",
  cdon: "CDON",
  fruugo: "Fruugo",
  rakuten: "Rakuten",
  mirakl: "Mirakl",
  codisto: "Codisto",
  faire: "Faire",
  target: "Target Plus",
  tiktok: "TikTok Shop",
  temu: "Temu",
  shein: "SHEIN",
  wish: "Wish",
};

/** source_name, else the app's number; null where neither is told. */
export const sourceName = (order: Fields): string | null =>
  text(order, "source_name")?.trim() ?? text(order, "app_id") ?? null;

export function channelOf(order: Fields): Channel {
  const source = sourceName(order)?.toLowerCase() ?? "";
  // Both "subscription_contract" and, since October 2025, "subscription_contract_checkout_one" are renewals.
  if (source.startsWith("subscription_contract") || isRenewal(order)) return "subscription";
  if (Object.hasOwn(known, source)) return known[source]?.channel ?? "other";
  return marketplaceName(source) ? "marketplace" : "other";
}

/** A text with commas, or a list. */
export function tagsOf(order: Fields): string[] {
  const listed = field(order, "tags");
  const all = Array.isArray(listed) ? listed.map((one) => textOf(one) ?? "") : (text(order, "tags") ?? "").split(",");
  return all.map((tag) => tag.trim()).filter(Boolean);
}

const RECHARGE = "294517";

/** Subscription apps write renewals down themselves and tag them. Of Recharge's orders the first is a purchase, by its own tag. */
function isRenewal(order: Fields): boolean {
  const tags = tagsOf(order).join().toLowerCase();
  if (/subscription[\s_-]*recurring|recurring[\s_-]*order/.test(tags)) return true;
  return sourceName(order) === RECHARGE && !tags.includes("subscription first order");
}

/** The channel's name as a merchant knows it; Shopify's own word where we know none. */
export function channelName(source: string): string {
  const low = source.toLowerCase();
  return (Object.hasOwn(known, low) ? known[low]?.name : null) ?? marketplaceName(low) ?? source;
}

function marketplaceName(source: string): string | null {
  const first = /^[a-z]+/.exec(source)?.[0] ?? "";
  return Object.hasOwn(marketplaces, first) ? (marketplaces[first] ?? null) : null;
}

const TRACES = ["cart_token", "checkout_token", "landing_site", "client_details"];

/** A cart, a checkout, a landing page, a browser: something that only a buyer in the shop leaves. null: the body has no field that would tell. */
export function cameBy(order: Fields): boolean | null {
  if (!TRACES.some((name) => Object.hasOwn(order, name))) return null;
  const tokens = ["cart_token", "checkout_token"].some((name) => tokenOf(field(order, name)) !== null);
  const client = object(order, "client_details");
  const browser = client !== null && Object.keys(client).some((name) => text(client, name) !== null);
  return tokens || text(order, "landing_site") !== null || browser;
}
