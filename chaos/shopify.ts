// Shopify's part: thousands of signed orders, each webhook sent again until it got its 200, and some of them twice.
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { asRequest, newClickId, newOrder, orderCreated } from "../sandbox/shop.ts";

export interface Sent {
  /** Orders whose webhook got a 200. */
  orders: string[];
  requests: number;
  resent: number;
  /** Webhooks that were sent twice although they had got their 200. */
  twice: number;
}
const PATIENCE = 5_000;

/** @param allowed how many orders may be sent by now. */
export async function sendOrders(options: {
  urls: string[];
  orders: number;
  allowed: () => number;
  atOnce: number;
}): Promise<Sent> {
  const sent: Sent = { orders: [], requests: 0, resent: 0, twice: 0 };
  let begun = 0;
  const one = async () => {
    const order = newOrder({ clickId: newClickId() });
    const { body, headers } = asRequest(orderCreated(order), { webhookId: randomUUID() });
    const again = randomInt(20) === 0 ? 1 : 0;
    for (let times = 0; times <= again; times += 1) {
      for (let tries = 0; !(await post(pick(options.urls), body, headers)); tries += 1) {
        sent.resent += 1;
        await sleep(Math.min(100 * 2 ** tries, 1_000));
      }
      sent.requests += 1;
      sent.twice += times;
    }
    sent.orders.push(String(order.id));
  };
  const work = async () => {
    while (begun < options.orders) {
      if (begun < options.allowed()) {
        begun += 1;
        await one();
      } else await sleep(20);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return sent;
}

const pick = (urls: string[]) => urls[randomInt(urls.length)] as string;

async function post(url: string, body: string, headers: Record<string, string>): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/webhooks`, {
      method: "POST",
      body,
      headers,
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.arrayBuffer();
    if (answer.status !== 200 && answer.status !== 503) throw new Error(`the door answered ${answer.status}`);
    return answer.status === 200;
  } catch (error) {
    // No connection, or no answer in time: Shopify sends it again.
    if (error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError")) return false;
    throw error;
  }
}
