// The facts of a shop that vendors need beside its events; read when the app is installed, kept up to date by shop/update.
import { z } from "zod";
import type { Shop } from "../events/facts.ts";
import { currencyOf, languageOf, zoneOf } from "../events/places.ts";
import { ask, type Graphql } from "./ask.ts";

const SHOP = "query ShopFacts { shop { id myshopifyDomain currencyCode ianaTimezone primaryDomain { host } } }";
// Needs read_locales; where the merchant has not granted it the shop's language stays what shop/update says.
const LOCALES = "query ShopLocales { shopLocales(published: true) { locale primary } }";

const shopAnswer = z.object({
  data: z.object({
    shop: z.object({
      id: z.string().nullish(),
      currencyCode: z.unknown(),
      ianaTimezone: z.unknown(),
      primaryDomain: z.object({ host: z.string() }).nullish(),
    }),
  }),
});
const localesAnswer = z.object({
  data: z.object({ shopLocales: z.array(z.object({ locale: z.string(), primary: z.boolean() })) }),
});

/**
 * @param before what is known so far: it stays where Shopify says something that nobody knows.
 * @returns null where Shopify cannot be asked just now: the upkeep asks again.
 */
export async function readFacts(graphql: Graphql, before: Shop): Promise<Shop | null> {
  const said = shopAnswer.safeParse(await ask(graphql, SHOP));
  if (!said.success) return null;
  const { shop } = said.data.data;
  const shopId = /\d+$/.exec(shop.id ?? "")?.[0];
  const locales = localesAnswer.safeParse(await ask(graphql, LOCALES));
  const primary = locales.success ? locales.data.data.shopLocales.find((locale) => locale.primary) : undefined;
  return {
    domain: before.domain,
    ...(shopId ? { id: shopId } : {}),
    currency: currencyOf(shop.currencyCode) ?? before.currency,
    timeZone: zoneOf(shop.ianaTimezone) ?? before.timeZone,
    locale: languageOf(primary?.locale) ?? before.locale,
    primaryDomain: shop.primaryDomain?.host ?? before.primaryDomain,
  };
}
