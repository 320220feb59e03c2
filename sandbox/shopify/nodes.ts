// What GraphQL and the webhooks say alike, in GraphQL's shapes.
import { CURRENCY, gid, money } from "../shop/writing.ts";
import type { Node } from "./connection.ts";
import type { Payload } from "./memory.ts";

export const amount = (of: number) => ({ __typename: "MoneyV2", amount: money(of), currencyCode: CURRENCY });
export const bag = (of: number) => ({ __typename: "MoneyBag", shopMoney: amount(of), presentmentMoney: amount(of) });
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
