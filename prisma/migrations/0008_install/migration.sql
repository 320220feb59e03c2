-- When a shop last gave us a token: an uninstall that was said before it is over. And what waits to be worked off has the order in
-- which it is taken: what Shopify sent, then what was posted to the web pixel.

ALTER TABLE "shop" ADD COLUMN "token_at" TIMESTAMPTZ(3);

DROP INDEX webhook_received;
CREATE INDEX webhook_received ON webhook (shop, (topic = 'PIXEL'), id) WHERE state = 'received';
