// How many customers, products or orders a span has, by Shopify's own count.
import { z } from "zod";
import type { What } from "../../destinations/history.ts";
import type { Ask, Question } from "../asking.ts";
import { dataOf, type Outcome } from "../outcome.ts";
import type { Piece } from "./backfill.ts";
import { searchOf } from "./questions.ts";

const counted = z.object({ found: z.object({ count: z.number() }) });
const QUESTIONS: Record<What, Question<z.infer<typeof counted>>> = {
  customers: {
    query: "query BackfillCustomers($q: String) { found: customersCount(query: $q) { count } }",
    usable: counted,
  },
  products: {
    query: "query BackfillProducts($q: String) { found: productsCount(query: $q) { count } }",
    usable: counted,
  },
  orders: {
    query: "query BackfillOrders($q: String) { found: ordersCount(query: $q, limit: null) { count } }",
    usable: counted,
  },
};

/** `number` null: Shopify did not tell. */
export async function count(
  ask: Ask,
  piece: Pick<Piece, "what" | "since" | "until">,
): Promise<{ outcome: Outcome<unknown>; number: number | null }> {
  const outcome = await ask(QUESTIONS[piece.what], { q: searchOf(piece) });
  return { outcome, number: dataOf(outcome)?.found.count ?? null };
}
