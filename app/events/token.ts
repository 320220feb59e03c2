// The tokens of carts and checkouts: all their forms brought to the one by which they are known again.

import { shortText } from "./fields.ts";
import type { Json } from "./json.ts";

/** 32 hex digits, "c1-…", or base64-like ones; as a gid or with "?key=…" (the Storefront API's cart id) the bare token. */
export function tokenOf(value: Json): string | null {
  const bare = shortText(value, 500)
    ?.replace(/\?.*$/, "")
    .replace(/^gid:\/\/shopify\/\w+\//, "");
  return bare && /^[\w.:+/=-]{1,200}$/.test(bare) ? bare : null;
}
