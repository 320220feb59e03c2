// The headers of a webhook as Shopify signs it; with the sandbox's secret, which anyone may know.
import { createHmac, randomUUID } from "node:crypto";

export const SANDBOX_SHOP = "sandbox-shop.myshopify.com";
export const SANDBOX_KEY = "sandbox-key";
export const SANDBOX_SECRET = "sandbox-secret";
/** The public key of the shop's web pixel. */
export const SANDBOX_PIXEL_KEY = "sandbox-pixel-key";

export interface Delivery {
  /** "orders/create" */
  topic: string;
  body: string | Uint8Array;
  /** Same over the retries of one delivery; a new one when absent. */
  webhookId?: string;
  /** Shared by all webhooks of one happening; a new one when absent. */
  eventId?: string;
  triggeredAt?: Date;
  shop?: string;
  secret?: string;
}

export function signWebhook(delivery: Delivery): Record<string, string> {
  const hmac = createHmac("sha256", delivery.secret ?? SANDBOX_SECRET)
    .update(delivery.body)
    .digest("base64");
  return {
    "content-type": "application/json",
    "user-agent": "Shopify-Captain-Hook",
    "x-shopify-topic": delivery.topic,
    "x-shopify-hmac-sha256": hmac,
    "x-shopify-shop-domain": delivery.shop ?? SANDBOX_SHOP,
    "x-shopify-webhook-id": delivery.webhookId ?? randomUUID(),
    "x-shopify-event-id": delivery.eventId ?? randomUUID(),
    "x-shopify-triggered-at": (delivery.triggeredAt ?? new Date()).toISOString(),
    "x-shopify-api-version": "2026-10",
  };
}
