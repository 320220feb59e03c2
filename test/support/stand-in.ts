// The stand-in for Shopify as a server whose clock a test moves, and what an app asks of it, without the app.
import { newOrder, orderCreated, type Webhook } from "../../sandbox/shop.ts";
import { type ShopifyServer, startShopify } from "../../sandbox/shopify/server.ts";
import { SANDBOX_SECRET, SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { tokenFor } from "./web.ts";

export interface StandIn {
  shopify: ShopifyServer;
  now(): Date;
  exchange(subject?: string): Promise<Said>;
  refresh(token: string): Promise<Said>;
  /** @param access a token of before; absent: a new one. */
  ask(query: string, variables?: object, access?: string): Promise<Said>;
  /** It happened in the shop. */
  happens(webhook: Webhook): void;
  sells(at?: Date): ReturnType<typeof newOrder>;
}
interface Said {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what Shopify says has many shapes
  json: any;
}

export async function openStandIn(): Promise<StandIn> {
  const opened = Date.parse("2026-11-20T12:00:00Z");
  const shopify = await startShopify({ clock: () => opened });
  async function post(path: string, json: object, headers: Record<string, string> = {}): Promise<Said> {
    const url = `${shopify.url}/${SANDBOX_SHOP}${path}`;
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(json) });
    return { status: answer.status, json: await answer.json() };
  }
  const token = (more: object) => post("/admin/oauth/access_token", { client_secret: SANDBOX_SECRET, ...more });
  const exchange = (subject = tokenFor(SANDBOX_SHOP)) => token({ subject_token: subject });
  const happens = ({ topic, payload }: Webhook) => void shopify.tellings.happen(topic, payload);
  return {
    ...{ shopify, exchange, happens, now: () => new Date(shopify.world.now()) },
    refresh: (refresh_token) => token({ grant_type: "refresh_token", refresh_token }),
    async ask(query, variables = {}, access = undefined) {
      const by = access ?? (await exchange()).json.access_token;
      return post("/admin/api/2026-10/graphql.json", { query, variables }, { "x-shopify-access-token": by });
    },
    sells(at = new Date(shopify.world.now())) {
      const order = newOrder({ at });
      happens(orderCreated(order));
      return order;
    },
  };
}
