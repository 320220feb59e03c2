// The bare limit of a door: node:http, the signature, one durable INSERT for each webhook, and nothing else. With WRITES=no not even that.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { SANDBOX_SECRET } from "../../sandbox/sign.ts";

const INSERT = {
  name: "webhook",
  text: "INSERT INTO webhook (shop, topic, webhook_id, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
};
const pool = process.env.WRITES === "no" ? null : new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const hmac = createHmac("sha256", SANDBOX_SECRET).update(body).digest();
  const {
    "x-shopify-hmac-sha256": given,
    "x-shopify-topic": topic,
    "x-shopify-shop-domain": shop,
    "x-shopify-webhook-id": id,
  } = request.headers;
  if (!timingSafeEqual(hmac, Buffer.from(String(given), "base64"))) return void response.writeHead(401).end();
  await pool?.query({ ...INSERT, values: [shop, topic, id, body] });
  response.writeHead(200).end();
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit()); // whoever measured it is gone
