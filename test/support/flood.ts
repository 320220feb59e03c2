// Floods a door from a process of its own: many connections at once, each with a body that nobody signed. Says what it was answered.
import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";

export interface Flooded {
  /** How often each status was answered; "none" where the connection was cut without a word. */
  answers: Record<string, number>;
}

const [port, connections, bytes] = process.argv.slice(2).map(Number) as [number, number, number];
const another = createHmac("sha256", "another").update("{}").digest("base64");
const headers = {
  ...signWebhook({ topic: "orders/create", body: "{}", shop: SANDBOX_SHOP }),
  "x-shopify-hmac-sha256": another,
};
const head = Object.entries(headers)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("");
const body = Buffer.alloc(bytes, "a");

function flood(): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        `POST /webhooks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head}Content-Length: ${bytes}\r\n\r\n`,
      );
      socket.write(body);
    });
    socket.on("data", (chunk) => {
      said += chunk;
    });
    socket.on("error", () => {}); // cut off: what was said counts
    socket.on("close", () => resolve(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? "none"));
  });
}

const answers: Record<string, number> = {};
for (const status of await Promise.all(Array.from({ length: connections }, flood)))
  answers[status] = (answers[status] ?? 0) + 1;
process.send?.({ answers } satisfies Flooded);
