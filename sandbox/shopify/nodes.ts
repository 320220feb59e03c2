// What GraphQL and the webhooks say alike, in GraphQL's shapes.
import { CURRENCY, gid, money } from "../shop/writing.ts";
import type { Node } from "./connection.ts";
import type { Payload } from "./memory.ts";

/** GraphQL writes "12.9" and "410.0" where a webhook writes "12.90" and "410.00". */
const asGraphql = (text: string) => (text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, ".0") : `${text}.0`);
const moneyV2 = (text: string, currencyCode: string) => ({
  __typename: "MoneyV2",
  ...{ amount: asGraphql(text), currencyCode },
});
export const amount = (of: number) => moneyV2(money(of), CURRENCY);
export const bag = (of: number) => ({ __typename: "MoneyBag", shopMoney: amount(of), presentmentMoney: amount(of) });
/** Out of a webhook's set of both currencies, else of its plain amount, which is in the shop's; null where neither is there. */
export function bagOf(from: Payload, name: string, currency: string = CURRENCY) {
  const set = from[`${name}_set`];
  const plain = from[name];
  if (!set && (plain === undefined || plain === null)) return null;
  const side = (money: Payload) => (money ? moneyV2(String(money.amount), money.currency_code) : null);
  const shopMoney = side(set?.shop_money) ?? moneyV2(String(plain), currency);
  return { __typename: "MoneyBag", shopMoney, presentmentMoney: side(set?.presentment_money) ?? shopMoney };
}
export const noMoney = (currency: string) => bagOf({ none: "0.00" }, "none", currency);
/** All of these, in both currencies. */
export function sumOf(bags: ReturnType<typeof bagOf>[], currency: string) {
  const side = (name: "shopMoney" | "presentmentMoney") => {
    const all = bags.flatMap((one) => one?.[name] ?? []);
    const total = all.reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0);
    return moneyV2(money(total), all[0]?.currencyCode ?? currency);
  };
  return { __typename: "MoneyBag", shopMoney: side("shopMoney"), presentmentMoney: side("presentmentMoney") };
}
/** GraphQL's times are in UTC, whatever the shop's zone. */
export const utc = (text: unknown): string | null =>
  text ? new Date(String(text)).toISOString().replace(".000Z", "Z") : null;
export const attributes = (all: Payload[] = []) => all.map(({ name, value }) => ({ key: name, value }));
export const tagsOf = (text: unknown): string[] =>
  String(text ?? "")
    .split(/,\s*/)
    .filter(Boolean);
export const named = (type: string, id: number | string, node: Node): Node => ({
  __typename: type,
  id: gid(type, Number(id)),
  ...node,
});

export function addressNode(address: Payload): Node | null {
  if (!address) return null;
  return {
    __typename: "MailingAddress",
    id: gid("MailingAddress", Number(address.id ?? 1)),
    firstName: address.first_name,
    lastName: address.last_name,
    name: address.name,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    zip: address.zip,
    city: address.city,
    province: address.province,
    provinceCode: address.province_code,
    country: address.country,
    countryCodeV2: address.country_code,
    phone: address.phone,
    latitude: null,
    longitude: null,
  };
}
