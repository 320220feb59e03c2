// What leads from an order to the rest of the shop, and whether lists come whole.
import type { Node } from "./connection.ts";

/** What leads from an order to the rest of the shop. */
export interface Links {
  bulk: boolean;
  customer(id: unknown): Node | null;
  product(id: unknown): Node | null;
  variant(id: unknown): Node | null;
}
