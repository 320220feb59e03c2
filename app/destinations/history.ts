// What a vendor may be told of the time before its connection was made: a backfill goes by it.

import type { Reason } from "../base/reason.ts";

export const HISTORY = ["customers", "products", "orders"] as const;
export type What = (typeof HISTORY)[number];

export type History =
  /** Nothing, and why. */
  | { never: Reason }
  | {
      /** What it takes: the channels in which one of them is a message each. */
      takes: { [W in What]?: string[] };
      /** Of these those that happened within so many milliseconds; absent: all that Shopify shows. */
      within?: number;
      /** Which of them count. */
      says?: Reason;
      /** What the merchant must confirm that it may bring about. */
      warns?: Reason;
    };
