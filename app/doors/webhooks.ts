// POST /webhooks: proves the sender, commits the webhook, answers 200, and rings the bell after the answer. Nothing else.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Arrival } from "../delivery/receive.ts";
import { isShopDomain } from "../shopify/domain.ts";
import { bodyOf, dropTheRest, Refusal } from "./body.ts";
import { isJsonObject } from "./webhook-body.ts";

export interface Door {
  receive: (arrival: Arrival) => Promise<void>;
  /** The API secret, and the one before it while Shopify may still sign with either. */
  secrets: string[];
  /** The sandbox's secret is everybody's: it signs for this shop alone. null: for every shop. */
  only?: string | null;
  ring: (shop: string) => void;
  answered: (seconds: number) => void;
  /** The database did not take a webhook. */
  failed: (error: unknown) => void;
}

const LARGEST_BODY = 5 * 1024 * 1024;
/** Of a header that is kept: Shopify's have some dozen characters, and an index has a limit of its own. */
const LONGEST_HEADER = 255;

export function openDoor(door: Door): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const began = performance.now();
    try {
      if (request.method !== "POST") throw new Refusal(405, "webhooks are posted");
      const body = await bodyOf(request, LARGEST_BODY, "a webhook has at most 5 MB");
      const arrival = provedBy(door, request, body);
      await door.receive(arrival).catch((error: unknown) => {
        door.failed(error);
        throw new Refusal(503, "the webhook could not be committed; send it again");
      });
      answer(response, 200, "");
      door.ring(arrival.shop);
      door.answered((performance.now() - began) / 1000);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer(response, error.status, error.message);
      dropTheRest(request);
    }
  };
}

function answer(response: ServerResponse, status: number, says: string): void {
  if (response.writableEnded || response.destroyed) return;
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    ...(status === 405 ? { allow: "POST" } : {}),
  };
  response.writeHead(status, headers).end(says);
}

const WRONG = "the signature is wrong";

/** The signature first: a stranger learns nothing else. @throws Refusal */
function provedBy({ secrets, only }: Door, request: IncomingMessage, body: Buffer): Arrival {
  const header = (name: string) => {
    const value = request.headers[`x-shopify-${name}`];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const given = header("hmac-sha256");
  if (!given) throw new Refusal(401, "the signature is missing");
  if (!secrets.some((secret) => isSignedWith(secret, body, given))) throw new Refusal(401, WRONG);
  // A session token or a launch URL, whose signature is of the same secret: no webhook.
  if (!isJsonObject(body)) throw new Refusal(401, WRONG);
  const kept = (name: string) => {
    const value = header(name);
    if (value && value.length > LONGEST_HEADER) throw new Refusal(400, `X-Shopify-${name} is too long`);
    return value;
  };
  const [topic, domain, webhookId] = [kept("topic"), kept("shop-domain"), kept("webhook-id")];
  if (!topic || !domain || !webhookId)
    throw new Refusal(400, "X-Shopify-Topic, X-Shopify-Shop-Domain and X-Shopify-Webhook-Id are needed");
  const shop = domain.toLowerCase();
  if (!isShopDomain(shop)) throw new Refusal(400, "the shop is not a myshopify.com domain");
  if (only && shop !== only) throw new Refusal(401, "the sandbox takes webhooks of its own shop only");
  return {
    shop,
    topic: topic.toLowerCase(),
    webhookId,
    eventId: kept("event-id"),
    apiVersion: kept("api-version"),
    triggeredAt: timeOf(header("triggered-at")),
    body,
  };
}

/** null: it is no time, or of a year that PostgreSQL does not read in ISO 8601. */
function timeOf(text: string | null): string | null {
  const time = new Date(text ?? "");
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? time.toISOString() : null;
}

function isSignedWith(secret: string, body: Buffer, given: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest("base64");
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
