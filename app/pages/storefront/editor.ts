// Where a merchant switches the theme app embed on: the theme editor, with the embed unfolded.
import { BLOCK } from "./embed.ts";

/** @param apiKey undefined in the sandbox. @returns null where the shop has no theme: the sandbox. */
export function editorOf(shop: string, apiKey: string | undefined): string | null {
  if (!apiKey) return null;
  const handle = shop.replace(/\.myshopify\.com$/, "");
  return `https://admin.shopify.com/store/${handle}/themes/current/editor?context=apps&activateAppId=${apiKey}/${BLOCK}`;
}
