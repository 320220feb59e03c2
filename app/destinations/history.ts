// What a vendor may be told of the time before its connection was made: a backfill goes by it.

export const HISTORY = ["customers", "products", "orders"] as const;
export type What = (typeof HISTORY)[number];

export type History =
  /** Nothing, and the sentence that says why. */
  | { never: string }
  | {
      /** What it takes: the channels in which one of them is a message each. */
      takes: { [W in What]?: string[] };
      /** Of these those that happened within so many milliseconds; absent: all that Shopify shows. */
      within?: number;
      /** A sentence on which of them count. */
      says?: string;
      /** What the merchant must confirm that it may bring about. */
      warns?: string;
    };
