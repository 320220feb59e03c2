-- The breaker is kept by the host that is asked, no longer by the vendor's name. It holds nothing that a few requests do not tell again.

DROP TABLE "breaker";

-- CreateTable
CREATE TABLE "host_breaker" (
    "host" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "lanes" UUID[],
    "opened_at" TIMESTAMPTZ(3),
    "probe_at" TIMESTAMPTZ(3),
    "probes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "host_breaker_pkey" PRIMARY KEY ("host")
);

-- AlterTable
ALTER TABLE "lane" ADD COLUMN "host" TEXT;

-- CreateIndex
CREATE INDEX "lane_host_idx" ON "lane"("host");

-- What Prisma's schema cannot say ------------------------------------------------

ALTER TABLE host_breaker ALTER COLUMN lanes SET NOT NULL;
