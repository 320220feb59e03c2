// The load: signed webhooks of the size that Shopify's have, sent over fifty connections as fast as they are answered.
import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { asRequest, newBasket, newClickId, newOrder, orderCreated } from "../../sandbox/shop.ts";

export interface Parcel {
  body: string;
  headers: Record<string, string>;
}
const CONNECTIONS = 50;

export const parcels = (count: number): Parcel[] =>
  Array.from({ length: count }, () => {
    const order = newOrder({ basket: newBasket({ lines: 1, clickId: newClickId() }) });
    return asRequest(orderCreated(order), { webhookId: randomUUID() });
  });

/** Sends each once. @returns how many were taken a second, and the slowest one in a hundred, in milliseconds. @throws where one gets no 200 */
export async function sendAll(url: string, path: string, all: Parcel[]) {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  const work = async () => {
    for (let at = next++; at < all.length; at = next++) {
      const { body, headers } = all[at] as Parcel;
      const asked = performance.now();
      const answer = await pool.request({ method: "POST", path, body, headers });
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new Error(`${url}${path} answered ${answer.statusCode}`);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  return {
    perSecond: Math.round(all.length / seconds),
    p99ms: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
  };
}

export const say = (line: Record<string, unknown>) => console.log(JSON.stringify(line));
export const ratio = (a: number, b: number) => Math.round((a / b) * 100) / 100;
