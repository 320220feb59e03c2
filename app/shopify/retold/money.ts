// Money as GraphQL tells it, in both currencies, and as a webhook does: the same text, never a number.
import { z } from "zod";
import { numberFormat } from "../../base/formats.ts";

export const BAG = "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }";

const amount = z.object({ amount: z.string(), currencyCode: z.string() });
export const bag = z.object({ shopMoney: amount, presentmentMoney: amount });
export type Bag = z.infer<typeof bag>;

/** GraphQL writes "12.9" and "410.0" where a webhook writes "12.90" and "410.00": the same amount, with its currency's decimals. */
function written({ amount, currencyCode }: Bag["shopMoney"]): string {
  const [whole = "0", rest = ""] = amount.split(".");
  const places = placesOf(currencyCode);
  const part = rest.replace(/0+$/, "").padEnd(places, "0");
  return part ? `${whole}.${part}` : whole;
}

function placesOf(currency: string): number {
  try {
    return numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export const inShop = ({ shopMoney }: Bag): string => written(shopMoney);
/** None of it, in the shop's currency. */
export const nothing = ({ shopMoney }: Bag): string => written({ ...shopMoney, amount: "0" });
export const asPaid = ({ presentmentMoney }: Bag) => ({
  amount: written(presentmentMoney),
  currency: presentmentMoney.currencyCode,
});

const side = (of: Bag["shopMoney"]) => ({ amount: written(of), currency_code: of.currencyCode });

export const priceSet = (of: Bag | null | undefined) =>
  of ? { shop_money: side(of.shopMoney), presentment_money: side(of.presentmentMoney) } : null;

/** A webhook tells an amount twice: by its name in the shop's currency, and as a set of both. Nothing where it is not told. */
export const twice = (name: string, of: Bag | null | undefined) =>
  of ? { [name]: inShop(of), [`${name}_set`]: priceSet(of) } : {};
