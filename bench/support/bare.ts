// The bare limit of a door: node:http, the signature, one durable INSERT for each webhook, and nothing else.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";
import { SANDBOX_SECRET } from "../../sandbox/sign.ts";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

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
  await pool.query(
    "INSERT INTO webhook (shop, topic, webhook_id, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    [shop, topic, id, body],
  );
  response.writeHead(200).end();
});
server.listen(Number(process.env.PORT), () => process.send?.("listening"));
process.on("disconnect", () => process.exit()); // whoever measured it is gone
