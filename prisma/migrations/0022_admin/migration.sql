-- What a shop's Admin API may still be asked, what Shopify did not tell, and the shop's own id.

-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "lacks" JSONB,
ADD COLUMN     "shopify_id" TEXT,
ADD COLUMN     "token_dead_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "shopify_budget" (
    "shop" TEXT NOT NULL,
    "available" DOUBLE PRECISION NOT NULL,
    "maximum" DOUBLE PRECISION NOT NULL,
    "restores" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopify_budget_pkey" PRIMARY KEY ("shop")
);

-- CreateIndex
CREATE INDEX "shop_shopify_id_idx" ON "shop"("shopify_id");


-- What is known already.
UPDATE "shop" SET "shopify_id" = "facts" ->> 'id';
