// Reads shop/update: the facts of the shop that some vendors need beside the event.
import type { Shop } from "./facts.ts";
import { field, id, shortText, time } from "./fields.ts";
import { type Fields, Unreadable } from "./json.ts";
import { currencyOf, languageOf, zoneOf } from "./places.ts";
import type { Heard, Known, Reading, SnapshotKey } from "./reading.ts";
import { because } from "./reasons.ts";
import { stamp } from "./version.ts";

const key: SnapshotKey = { kind: "shop", id: "facts" };

/** What is not known, or not known to Intl, has a value that breaks nothing. */
export const usableFacts = (facts: Partial<Shop> | null, domain: string): Shop => ({
  domain,
  ...(facts?.id ? { id: facts.id } : {}),
  currency: currencyOf(facts?.currency) ?? "",
  timeZone: zoneOf(facts?.timeZone) ?? "UTC",
  locale: languageOf(facts?.locale) ?? "en",
  primaryDomain: facts?.primaryDomain || domain,
});

/** What the webhook leaves out, or says in a way that nobody knows, stays as it was; an older one than the last changes nothing. */
export function readShop(body: Fields, heard: Heard): Reading {
  // An order has a currency too: another topic's body is no word on the shop.
  if (field(body, "iana_timezone") === null && field(body, "myshopify_domain") === null)
    throw new Unreadable(because("body_no_shop"));
  const of = (name: string) => shortText(field(body, name), 100);
  const shopId = id(body, "id") ?? heard.shop.id;
  const shop: Shop = {
    domain: heard.shop.domain,
    ...(shopId ? { id: shopId } : {}),
    currency: currencyOf(of("currency")) ?? heard.shop.currency,
    timeZone: zoneOf(of("iana_timezone")) ?? heard.shop.timeZone,
    locale: languageOf(of("primary_locale")) ?? heard.shop.locale,
    primaryDomain: of("domain") ?? heard.shop.primaryDomain,
  };
  const version = stamp(heard, time(body, "updated_at"));
  const normalize = (known: Known) => {
    const before = known(key);
    if (before && before.version > version) return { events: [], snapshots: [] };
    return { events: [], snapshots: [{ ...key, version, data: {}, expiresAt: null }], shop };
  };
  return { is: "events", needs: [key], normalize };
}
