// What a shop's own domain at Shopify looks like: the name that a shop goes by everywhere in here; and which is the sandbox's.
const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** @param text in lower case. */
export const isShopDomain = (text: string): boolean => SHOP.test(text);

/** The only shop of a sandbox, for which anybody can sign. */
export const SANDBOX_SHOP = "sandbox-shop.myshopify.com";
export const SANDBOX_KEY = "sandbox-key";
export const SANDBOX_SECRET = "sandbox-secret";
