// What the buttons of the sandbox's page do in the shop: each makes webhooks and sends them to the app.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  asRequest,
  cartCreated,
  cartUpdated,
  consentChanged,
  customerUpdated,
  grow,
  newBasket,
  newOrder,
  type Order,
  orderCreated,
  orderPaid,
  refundCreated,
  someBuyer,
  type Webhook,
} from "./shop.ts";
import { happen } from "./shopify/way.ts";

/** @returns the status of the app's answer. */
export type PostWebhook = (headers: Record<string, string>, body: string) => Promise<number>;
export interface Done {
  /** For the person at the page. */
  says: string;
  /** How many of the webhooks got which answer. */
  answers: Record<string, number>;
}

const MOST_ORDERS = 1000;
const AT_ONCE = 10;
let lastOrder: Order | undefined;
let basket: ReturnType<typeof newBasket> | undefined;

export async function placeOrders(count: number, post: PostWebhook): Promise<Done> {
  const orders = Array.from({ length: Math.min(MOST_ORDERS, Math.max(1, Math.trunc(count) || 1)) }, () =>
    // They came by the page alone: no pixel will tell of them, so that no order waits for it.
    newOrder({ visitorId: randomUUID() }),
  );
  lastOrder = orders.at(-1);
  const webhooks = orders.flatMap((order) => [orderCreated(order), orderPaid(order)]);
  const [first, last] = [orders[0]?.name, orders.at(-1)?.name];
  const says =
    orders.length === 1
      ? `Order ${first} placed and paid.`
      : `${orders.length} orders placed and paid, ${first} to ${last}.`;
  return { says, answers: await send(webhooks, post) };
}

export async function growCart(post: PostWebhook): Promise<Done> {
  const before = basket;
  basket = before ?? newBasket({ lines: 0 });
  const { product, variant } = grow(basket);
  const answers = await send([before ? cartUpdated(basket) : cartCreated(basket)], post);
  const pieces = basket.lines.reduce((sum, line) => sum + line.quantity, 0);
  const says = `${product.title}, ${variant.title}: the cart holds ${pieces} ${pieces === 1 ? "piece" : "pieces"}.`;
  if (pieces >= 6) basket = undefined;
  return { says, answers };
}

export async function saveCustomer(post: PostWebhook): Promise<Done> {
  const buyer = someBuyer();
  const webhooks = [customerUpdated(buyer), consentChanged(buyer, buyer.acceptsMarketing)];
  const wants = buyer.acceptsMarketing ? "wants" : "does not want";
  return {
    says: `${buyer.firstName} ${buyer.lastName} is saved and ${wants} the newsletter.`,
    answers: await send(webhooks, post),
  };
}

export async function refundLast(post: PostWebhook): Promise<Done> {
  if (!lastOrder) return { says: "Place an order first: there is none to give money back for.", answers: {} };
  const says = `One piece of order ${lastOrder.name} is paid back.`;
  return { says, answers: await send([refundCreated(lastOrder)], post) };
}

async function send(webhooks: Webhook[], post: PostWebhook): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  const waiting = webhooks.values();
  const work = async () => {
    for (const webhook of waiting)
      for (const answer of await tell(webhook, post)) answers[answer] = (answers[answer] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

/** Shopify remembers it first, and tells it as it was told to. @returns what came of it, for each time that it was sent. */
async function tell(webhook: Webhook, post: PostWebhook): Promise<string[]> {
  const { times, after } = await happen(webhook.topic, webhook.payload);
  const { body, headers } = asRequest(webhook);
  const send = () => post(headers, body).catch(() => 0);
  if (times === 0) return ["withheld"];
  if (after > 0) {
    void pause(after, undefined, { ref: false }).then(send);
    return ["late"];
  }
  const answers: string[] = [];
  for (let time = 0; time < times; time += 1) answers.push(String((await send()) || "no answer"));
  return answers;
}
