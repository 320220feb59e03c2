// The stand-in for Shopify as a program of its own, for tests and for whoever wants to try the app against it.
import { startShopify } from "./shopify/server.ts";

const { SANDBOX_SHOPIFY_PORT, SANDBOX_SHOP_DOMAIN, SHOPIFY_API_SECRET, SANDBOX_WEBHOOKS_URL } = process.env;

const shopify = await startShopify({
  port: Number(SANDBOX_SHOPIFY_PORT ?? 0),
  shop: SANDBOX_SHOP_DOMAIN,
  secret: SHOPIFY_API_SECRET,
  webhooks: SANDBOX_WEBHOOKS_URL,
});
console.log(`the stand-in for Shopify listens at ${shopify.url}`);

const end = () => void shopify.stop().then(() => process.exit(0));
process.on("SIGTERM", end);
process.on("SIGINT", end);
