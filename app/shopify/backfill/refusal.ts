// Why a backfill is neither counted nor begun.

export type Refusal =
  | "noConnection"
  /** The vendor takes nothing of the time before. */
  | "never"
  | "off"
  /** Nothing was chosen that may be sent. */
  | "noWhat"
  | "noDays"
  | "future"
  /** These days are longer ago than the vendor takes. */
  | "nothingOfDays"
  /** What the data sheet warns of was not confirmed. */
  | "confirm"
  | "underWay";
