// What may become of an order, step by step.

export type Step =
  | { is: "pay" }
  /** `restock`: its record takes all pieces out, as Shopify writes it for an order that was not paid. */
  | { is: "cancel"; restock?: boolean }
  /** Takes pieces out, without money going back. */
  | { is: "edit"; pieces: number }
  /** Adds pieces: an upsell. */
  | { is: "add"; pieces: number }
  /** One thing back, another in its place. */
  | { is: "exchange"; back: number; into: number }
  /** Money back for pieces, at once or in the end. */
  | Refund
  /** Money back for no piece in particular. */
  | { is: "favour"; cents: number }
  /** The money that an edit left over. */
  | { is: "pay back" };

export interface Refund {
  is: "refund";
  pieces: number;
  /** How it was told before; "never": it failed for good. */
  first: "told" | "pending" | "failed" | "untold" | "never";
  /** Of what was added last, or of all that is left. */
  of?: "added" | "all";
  /** With the money that an edit left over. */
  over?: boolean;
}
