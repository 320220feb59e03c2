-- AlterTable
ALTER TABLE "webhook" ADD COLUMN     "origin" TEXT NOT NULL DEFAULT 'shopify';

-- CreateTable
CREATE TABLE "reconciliation" (
    "shop" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "began_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),
    "busy_until" TIMESTAMPTZ(3),
    "reason_code" TEXT,
    "reason_values" JSONB,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "reconciliation_mark" (
    "shop" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "cursor" TEXT,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "untold_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_mark_pkey" PRIMARY KEY ("shop","resource")
);

-- CreateIndex
CREATE INDEX "reconciliation_next_at_idx" ON "reconciliation"("next_at");


-- By hand: what the schema cannot say.
ALTER TABLE webhook ADD CONSTRAINT webhook_origin_check CHECK (origin IN ('shopify', 'reconciliation', 'backfill'));
-- What a shop's looks have found.
CREATE INDEX webhook_found ON webhook (shop, id) WHERE origin = 'reconciliation';
