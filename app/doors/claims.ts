// What a webhook's headers say, of the right form: looked at before a byte of the body is read, and proved by the signature after it.
import type { IncomingMessage } from "node:http";
import { isShopDomain } from "../shopify/domain.ts";
import { Refusal } from "./body.ts";

export interface Claims {
  signature: string;
  shop: string;
  topic: string;
  webhookId: string;
  eventId: string | null;
  apiVersion: string | null;
  triggeredAt: string | null;
}

const THAT_COUNT = ["hmac-sha256", "topic", "shop-domain", "webhook-id", "event-id", "api-version", "triggered-at"];
/** Of a header that is kept: Shopify's have some dozen characters, and an index has a limit of its own. */
const LONGEST_HEADER = 255;
/** 32 bytes as base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{43}=$/;
/** No space and no comma: something on the way may have joined two headers into one. */
const TOPIC = /^[\w.:/-]+$/;

/** The signature first. @throws Refusal 401 for a signature that is missing or can be none, 400 for the rest */
export function claimsOf(request: IncomingMessage): Claims {
  const header = (name: string) => request.headersDistinct[`x-shopify-${name}`]?.[0] || null;
  const signature = header("hmac-sha256");
  if (!signature) throw new Refusal(401, "the signature is missing");
  const twice = THAT_COUNT.find((name) => (request.headersDistinct[`x-shopify-${name}`]?.length ?? 0) > 1);
  if (twice) throw new Refusal(400, `X-Shopify-${twice} is there more than once`);
  if (!SIGNATURE.test(signature)) throw new Refusal(401, "the signature is wrong");
  const kept = (name: string) => {
    const value = header(name);
    if (value && value.length > LONGEST_HEADER) throw new Refusal(400, `X-Shopify-${name} is too long`);
    return value;
  };
  const [topic, domain, webhookId] = [kept("topic"), kept("shop-domain"), kept("webhook-id")];
  if (!topic || !domain || !webhookId)
    throw new Refusal(400, "X-Shopify-Topic, X-Shopify-Shop-Domain and X-Shopify-Webhook-Id are needed");
  if (!TOPIC.test(topic)) throw new Refusal(400, "X-Shopify-Topic is not a topic");
  const shop = domain.toLowerCase();
  if (!isShopDomain(shop)) throw new Refusal(400, "the shop is not a myshopify.com domain");
  return {
    ...{ signature, shop, topic: topic.toLowerCase(), webhookId },
    ...{ eventId: kept("event-id"), apiVersion: kept("api-version"), triggeredAt: timeOf(header("triggered-at")) },
  };
}

/** null: it is no time, or of a year that PostgreSQL does not read in ISO 8601. */
function timeOf(text: string | null): string | null {
  const time = new Date(text ?? "");
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? time.toISOString() : null;
}
