// One thing that is said of the sync, and where the merchant does something about it.
export interface Point {
  says: string;
  url: string;
  action: string;
}
