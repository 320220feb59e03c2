// What became of an order at one connection, when several deliveries are about it: the one that says most.
import type { SerializeFrom } from "@remix-run/node";
import type { OrderLine } from "../../delivery/ledger/latest-orders.ts";

export type Order = SerializeFrom<OrderLine>;
export type OrderDelivery = Order["deliveries"][number];

/** What a person must look at comes first, then what is not finished, then what was done. */
const WEIGHT = ["refused", "unknown", "expired", "due", "delivered", "skipped", "superseded"];
const PURCHASE = ["order.placed", "order.paid"];

/** @returns undefined where the connection was owed nothing for this order. */
export function telling(deliveries: OrderDelivery[]): OrderDelivery | undefined {
  const weight = ({ state, kind }: OrderDelivery) => WEIGHT.indexOf(state) * 2 + (PURCHASE.includes(kind) ? 0 : 1);
  return deliveries.toSorted((a, b) => weight(a) - weight(b))[0];
}

/** The connections that orders are told for: those that are, and the ended ones that the orders went to. */
export function columnsOf(
  orders: Order[],
  connections: { id: string; name: string; destination: string }[],
): { id: string; name: string; destination: string }[] {
  const ended = orders.flatMap(({ deliveries }) => deliveries.filter((one) => one.ended));
  const columns = new Map(
    ended.map(({ connectionId, connectionName, destination }) => [
      connectionId,
      { id: connectionId, name: connectionName, destination },
    ]),
  );
  return [...connections, ...columns.values()];
}
