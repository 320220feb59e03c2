// Fixed rates to the euro, for the vendors that convert what they count to the shop's currency.

const RATES: Record<string, number> = { EUR: 1, USD: 0.9, GBP: 1.15, SEK: 0.09, DKK: 0.134, NOK: 0.085, JPY: 0.006 };

/** Cents of a euro; a currency without a rate counts as euros. */
export const euroCents = (value: unknown, currency: unknown) =>
  Math.round(Number(value ?? 0) * (RATES[String(currency)] ?? 1) * 100);

export const euros = (cents: number) => Math.round(cents) / 100;
