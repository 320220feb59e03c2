// A vendor's own figures as every data sheet gives them, for the figures page and the accuracy page.
import type { Reason } from "../base/reason.ts";

/** Words of ours are codes, told where they are shown; a plain text is the vendor's own. */
export type Words = Reason | string;
export interface Report {
  /** `unit`: what the value is in, as a currency. */
  figures: { label: Words; value: string; unit?: Words; help?: Words }[];
  charts: { title: Words; kind: "bars" | "line"; unit?: Words; points: { label: Words; value: number }[] }[];
  tables: { title: Words; columns: Words[]; rows: Words[][] }[];
  notes: Words[];
  /**
   * How many purchases it counts, by day; absent: it does not tell. What it leaves out from `since` on is none.
   * `by`: the day on which an order was placed, or on which the vendor was told of it. `zoneTold`: the vendor says whose days they are.
   * `counts`: what it counts, where that is not every purchase that it was told of.
   */
  purchases?: {
    by: "placed" | "told";
    timeZone: string;
    zoneTold: boolean;
    since: string;
    counts?: Reason;
    days: { day: string; count: number }[];
  };
}
export interface Range {
  /** ISO dates, both included. */
  from: string;
  to: string;
}
