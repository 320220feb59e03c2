// The door against forgers: thousands of forged, mutated and mangled requests, of which none gets in.
import { randomBytes, randomInt } from "node:crypto";
import "@shopify/shopify-api/adapters/node";
import { expect, test } from "vitest";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { doorForTests, type Sent } from "../support/door.ts";

const door = doorForTests();

/** `FUZZ=100000 npm test -- test/doors/fuzz` is the long run. */
const ROUNDS = Number(process.env.FUZZ ?? 2_000);

test(`of ${ROUNDS} forged and mutated requests not one gets in, and memory stays flat`, async () => {
  const real = JSON.stringify(orderCreated(newOrder()).payload);
  const answers = new Map<number, number>();
  const began = performance.now();
  const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
  let early = 0;
  let left = ROUNDS;
  const attack = async () => {
    while (left > 0) {
      left -= 1;
      if (left % 50 === 0) {
        expect(await door().raw(mangled(real))).not.toMatch(/^HTTP\/1\.1 200/);
        continue;
      }
      const { status } = await door().send(forged(real));
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (early === 0 && left < ROUNDS * 0.7) early = process.memoryUsage().rss;
    }
  };
  await Promise.all(Array.from({ length: 20 }, attack));
  await settle();
  const grown = Math.round((process.memoryUsage().rss - early) / 2 ** 20);
  const figures = {
    rounds: ROUNDS,
    accepted: answers.get(200) ?? 0,
    answers: Object.fromEntries(answers),
    crashes: door().faults.length,
    grownMB: grown,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
  console.log(JSON.stringify(figures));
  expect(figures.accepted).toBe(0);
  expect([...answers.keys()].every((status) => [400, 401, 405, 413].includes(status))).toBe(true);
  expect(await door().stored()).toEqual([]);
  expect(grown).toBeLessThan(150);
  await door().isReached();
}, 600_000);

/** A real webhook that somebody without the secret has made or changed. */
function forged(real: string): Sent {
  const flipped = () => {
    const bytes = Buffer.from(real);
    const at = randomInt(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << randomInt(8));
    return bytes;
  };
  const signature = () => randomBytes(randomInt(1, 48)).toString("base64");
  const ways: (() => Sent)[] = [
    () => ({ body: flipped(), headers: signWebhook({ topic: "orders/create", body: real }) }),
    () => ({
      body: real.slice(0, randomInt(real.length)),
      headers: signWebhook({ topic: "orders/create", body: real }),
    }),
    () => ({
      body: real,
      headers: signWebhook({ topic: "orders/create", body: real, secret: randomBytes(8).toString("hex") }),
    }),
    () => ({ body: real, headers: { "x-shopify-hmac-sha256": signature() } }),
    () => ({ body: real, headers: { "x-shopify-hmac-sha256": undefined, authorization: `Bearer ${signature()}` } }),
    () => ({
      body: randomBytes(randomInt(2_000)),
      headers: {
        "x-shopify-hmac-sha256": signature(),
        "x-shopify-topic": randomBytes(20)
          .toString("latin1")
          .replace(/[^\x20-\x7e]/g, "x"),
      },
    }),
    () => ({
      body: real,
      headers: { "x-shopify-hmac-sha256": signature(), "x-shopify-shop-domain": "../../etc/passwd" },
      chunked: true,
    }),
    () => ({ method: ["GET", "PUT", "DELETE", "PATCH", "PROPFIND"][randomInt(5)] ?? "GET", body: real }),
  ];
  return (ways[randomInt(ways.length)] ?? ways[0])?.() ?? {};
}

/** A request that is no HTTP any more, or says more than it has. */
function mangled(real: string): Buffer {
  const headers = Object.entries(signWebhook({ topic: "orders/create", body: real, secret: "another" }));
  const head = ["POST /webhooks HTTP/1.1", "Host: x", ...headers.map(([name, value]) => `${name}: ${value}`)];
  const bytes = Buffer.from(`${head.join("\r\n")}\r\nContent-Length: ${real.length}\r\n\r\n${real}`);
  for (let n = randomInt(1, 8); n > 0; n -= 1) bytes[randomInt(600)] = randomInt(256);
  return bytes.subarray(0, randomInt(1, bytes.length));
}
