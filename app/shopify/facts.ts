// The facts of a shop that vendors need beside its events; read when the app is installed, kept up to date by shop/update.
import { z } from "zod";
import type { Reason } from "../base/reason.ts";
import type { Shop } from "../events/facts.ts";
import { currencyOf, languageOf, zoneOf } from "../events/places.ts";
import type { Ask, Question } from "./asking.ts";
import { isShopDomain } from "./domain.ts";
import type { Who } from "./identity.ts";
import { dataOf, whyNot } from "./outcome.ts";

const SHOP = {
  query: "query ShopFacts { shop { id myshopifyDomain currencyCode ianaTimezone primaryDomain { host } } }",
  usable: z.object({
    shop: z.object({
      id: z.string().nullish(),
      myshopifyDomain: z.string().nullish(),
      currencyCode: z.unknown(),
      ianaTimezone: z.unknown(),
      primaryDomain: z.object({ host: z.string() }).nullish(),
    }),
  }),
};
// Needs read_locales; where the merchant has not granted it the shop's language stays what shop/update says.
const LOCALES = {
  query: "query ShopLocales { shopLocales(published: true) { locale primary } }",
  usable: z.object({ shopLocales: z.array(z.object({ locale: z.string(), primary: z.boolean() })) }),
} satisfies Question<unknown>;

/** What Shopify did not tell, and why. */
export type FactsLack = { facts?: Reason; language?: Reason };

/**
 * @param before what is known so far: it stays where Shopify says something that nobody knows, and where it does not say it.
 * @returns `facts` null where Shopify told nothing of use.
 */
export async function readFacts(ask: Ask, before: Shop): Promise<{ facts: Shop | null; lacks: FactsLack; who: Who }> {
  const told = await ask(SHOP);
  const shop = dataOf(told)?.shop;
  const why = whyNot(told);
  if (!shop) return { facts: null, lacks: why ? { facts: why } : {}, who: { id: null, domain: null } };
  const shopId = /\d+$/.exec(shop.id ?? "")?.[0];
  const name = shop.myshopifyDomain?.toLowerCase() ?? "";
  const who = { id: shopId ?? null, domain: isShopDomain(name) ? name : null };
  const languages = await ask(LOCALES);
  const primary = dataOf(languages)?.shopLocales.find((locale) => locale.primary);
  const whyNoLanguage = whyNot(languages);
  const facts = {
    domain: before.domain,
    ...(shopId ? { id: shopId } : {}),
    currency: currencyOf(shop.currencyCode) ?? before.currency,
    timeZone: zoneOf(shop.ianaTimezone) ?? before.timeZone,
    locale: languageOf(primary?.locale) ?? before.locale,
    primaryDomain: shop.primaryDomain?.host ?? before.primaryDomain,
  };
  return {
    facts,
    who,
    lacks: { ...(why ? { facts: why } : {}), ...(whyNoLanguage ? { language: whyNoLanguage } : {}) },
  };
}
