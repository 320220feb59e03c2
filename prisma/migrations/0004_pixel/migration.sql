-- The shop's web pixel: whether it is on, why it is not, and in which way the visitors of orders were known.

ALTER TABLE "shop" ADD COLUMN "pixel_endpoint" TEXT, ADD COLUMN "pixel_says" TEXT;

-- CreateTable
CREATE TABLE "visitor_count" (
    "shop" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "visitor_count_pkey" PRIMARY KEY ("shop","from")
);

-- What Prisma's schema cannot say ------------------------------------------------

ALTER TABLE visitor_count ADD CONSTRAINT visitor_count_from_check
  CHECK ("from" IN ('pixel', 'attribute', 'cart', 'customer', 'pseudonym', 'none'));
ALTER TABLE visitor_count SET (fillfactor = 50);

-- A post of the web pixel is kept where the webhooks are, but Shopify did not send it: it is not counted as one.
CREATE OR REPLACE FUNCTION webhook_count_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_count AS kept (shop, state, count)
  SELECT shop, state, sum(change) FROM (
    SELECT shop, topic, state, -1 AS change FROM gone
    UNION ALL
    SELECT shop, topic, state, 1 FROM added
  ) AS changes
  WHERE state <> 'received' AND topic <> 'PIXEL'
  GROUP BY shop, state HAVING sum(change) <> 0 ORDER BY shop, state
  ON CONFLICT (shop, state) DO UPDATE SET count = kept.count + excluded.count;
  RETURN NULL;
END $$;
