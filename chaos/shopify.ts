// Shopify's part: thousands of signed orders, each webhook sent again until it got its 200, and some of them twice.
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { asRequest, newClickId, newOrder, orderCreated } from "../sandbox/shop.ts";

export interface Sent {
  /** Orders whose webhook got a 200. */
  orders: string[];
  requests: number;
  /** For want of a 200. */
  resent: number;
  /** Among them: no answer at all within Shopify's 5 s. */
  late: number;
  /** Webhooks that were sent twice although they had got their 200. */
  twice: number;
}
const PATIENCE = 5_000;

export const nothingSent = (): Sent => ({ orders: [], requests: 0, resent: 0, late: 0, twice: 0 });

/**
 * @param sent is kept up to date.
 * @param allowed how many orders may be sent by now.
 */
export async function sendOrders(
  sent: Sent,
  options: { urls: string[]; orders: number; allowed: () => number; atOnce: number },
): Promise<void> {
  let begun = 0;
  const one = async () => {
    const order = newOrder({ clickId: newClickId() });
    const { body, headers } = asRequest(orderCreated(order), { webhookId: randomUUID() });
    const again = randomInt(20) === 0 ? 1 : 0;
    for (let times = 0; times <= again; times += 1) {
      for (let tries = 0; ; tries += 1) {
        const answer = await post(pick(options.urls), body, headers);
        if (answer === "taken") break;
        sent.resent += 1;
        sent.late += Number(answer === "late");
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
}

const pick = (urls: string[]) => urls[randomInt(urls.length)] as string;

async function post(url: string, body: string, headers: Record<string, string>): Promise<"taken" | "not" | "late"> {
  try {
    const answer = await fetch(`${url}/webhooks`, {
      method: "POST",
      body,
      headers,
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.arrayBuffer();
    if (answer.status !== 200 && answer.status !== 503) throw new Error(`the door answered ${answer.status}`);
    return answer.status === 200 ? "taken" : "not";
  } catch (error) {
    // No answer in time, or no connection: Shopify sends it again.
    if (error instanceof DOMException && error.name === "TimeoutError") return "late";
    if (error instanceof TypeError) return "not";
    throw error;
  }
}
