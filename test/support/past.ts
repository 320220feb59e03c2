// What happened in a shop before the app was there: Shopify remembers it, and no webhook of it came.
import { BUYERS, type Buyer } from "../../sandbox/shop/catalogue.ts";
import { customerCreated, newOrder, type Order, orderPaid, refundCreated } from "../../sandbox/shop.ts";
import type { Memory } from "../../sandbox/shopify/memory.ts";

interface Span {
  orders: number;
  /** Of so many different ones, each in their turn. */
  customers: number;
  /** A minute after the last of them. */
  end: Date;
  /** So many of the first were paid back in part. */
  refunded: number;
}

/** A paid order every minute. */
export function rememberPast(memory: Memory, { orders, customers, end, refunded }: Span): Order[] {
  return Array.from({ length: orders }, (_, n) => {
    const at = new Date(end.getTime() - (orders - n) * 60_000);
    const buyer = buyerOf(n % customers);
    const order = newOrder({ buyer, at, clickId: null });
    memory.remember("customers/create", customerCreated(buyer, at).payload);
    const paid = orderPaid(order, at).payload as Order;
    memory.remember("orders/create", paid);
    if (n < refunded) memory.remember("refunds/create", refundCreated(paid, new Date(at.getTime() + 1_000)).payload);
    return paid;
  });
}

/** The sandbox knows some dozens; these are as many as are needed. */
export function buyerOf(n: number): Buyer {
  const one = BUYERS[n % BUYERS.length] as Buyer;
  const id = 8_000_000_000_000 + n;
  return {
    ...one,
    id,
    addressId: id + 500_000_000_000,
    email: `buyer-${n}@example.com`,
    phone: `+4930${20_000_000 + n}`,
  };
}
