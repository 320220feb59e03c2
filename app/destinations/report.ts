// A vendor's own figures as every data sheet gives them, for the figures page and the accuracy page.

export interface Report {
  /** `unit`: what the value is in, as a currency. */
  figures: { label: string; value: string; unit?: string; help?: string }[];
  charts: { title: string; kind: "bars" | "line"; unit?: string; points: { label: string; value: number }[] }[];
  tables: { title: string; columns: string[]; rows: string[][] }[];
  notes: string[];
  /**
   * How many purchases it counts, by day; absent: it does not tell. What it leaves out from `since` on is none.
   * `by`: the day on which an order was placed, or on which the vendor was told of it. `zoneTold`: the vendor says whose days they are.
   * `counts`: what it counts, in a sentence, where that is not every purchase that it was told of.
   */
  purchases?: {
    by: "placed" | "told";
    timeZone: string;
    zoneTold: boolean;
    since: string;
    counts?: string;
    days: { day: string; count: number }[];
  };
}
export interface Range {
  /** ISO dates, both included. */
  from: string;
  to: string;
}
