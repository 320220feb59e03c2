// What the load sends: signed webhooks of orders with 6 to 7 KB, as Shopify writes them, each a whole HTTP request that was made before.
import { randomUUID } from "node:crypto";
import { asRequest, newBasket, newClickId, newOrder, orderCreated } from "../../sandbox/shop.ts";

export interface Parcel {
  orderId: string;
  /** Its head and its body. */
  bytes: Buffer;
}

export interface Sender {
  shop?: string;
  secret?: string;
}

/** Of buyers who came by a click and whom the shop knows as visitors, so that each of the five vendors is owed the purchase. */
export function parcel(host: string, sender: Sender = {}): Parcel {
  const basket = newBasket({ lines: 1, clickId: newClickId(), visitorId: randomUUID() });
  const order = newOrder({ basket });
  const { body, headers } = asRequest(orderCreated(order), { webhookId: randomUUID(), ...sender });
  const length = Buffer.byteLength(body);
  const head = Object.entries({ host, ...headers, "content-length": length }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return {
    orderId: String(order.id),
    bytes: Buffer.from(`POST /webhooks HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n${body}`),
  };
}
