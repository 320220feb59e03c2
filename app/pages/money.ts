// Amounts for people; the digits are never turned into a float.

export interface Money {
  amount: string;
  currency: string;
}

/** "€1,234.50". */
export function money({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** Amounts in several currencies: "EUR 20.00 and SEK 100.00". */
export const sums = (amounts: Money[]): string => amounts.map(money).join(" and ");

/** "1 order", "1,200 orders". */
export const count = (number: number, word: string, plural = `${word}s`): string =>
  `${number.toLocaleString("en")} ${number === 1 ? word : plural}`;
