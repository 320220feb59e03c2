-- When the newest valid session token of a shop was issued, by Shopify's clock: an uninstall that was said before it is over.
-- Whose database this is: a sandbox's, whose secrets anybody knows, or an app's with credentials. And what a stranger said of an
-- order by its id alone is forgotten.

ALTER TABLE "shop" ADD COLUMN "seen_at" TIMESTAMPTZ(3);

CREATE TABLE "deed" (
  "one" BOOLEAN NOT NULL DEFAULT true CHECK ("one"),
  "of" TEXT NOT NULL CHECK ("of" IN ('sandbox', 'app')),
  "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "deed_pkey" PRIMARY KEY ("one")
);

DELETE FROM "snapshot" WHERE "kind" = 'visitor' AND "id" LIKE 'order:%';
