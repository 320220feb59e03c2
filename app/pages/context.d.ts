// What the web entry hands to every route.
import type { Road } from "../delivery/road.ts";
import type { Env } from "../base/env.ts";
import type { Shopify } from "../shopify/shopify.server.ts";

declare module "@remix-run/server-runtime" {
  interface AppLoadContext {
    road: Road;
    shopify: Shopify;
    env: Env;
  }
}
