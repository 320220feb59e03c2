-- When Shopify is asked again for what it has not told or done yet; the pixel's ceiling, what was taken and dropped under it;
-- and the workers' beats.

ALTER TABLE "shop" ADD COLUMN "set_up_at" TIMESTAMPTZ(3), ADD COLUMN "pixel_daily" INTEGER;

-- CreateTable
CREATE TABLE "pixel_day" (
    "shop" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "taken" BIGINT NOT NULL DEFAULT 0,
    "dropped" BIGINT NOT NULL DEFAULT 0,
    "too_fast" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "pixel_day_pkey" PRIMARY KEY ("shop","day")
);

-- CreateTable
CREATE TABLE "beat" (
    "process" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "beat_pkey" PRIMARY KEY ("process")
);

-- What Prisma's schema cannot say ------------------------------------------------

ALTER TABLE shop ADD CONSTRAINT shop_pixel_daily_check CHECK (pixel_daily > 0);
ALTER TABLE pixel_day SET (fillfactor = 50);
ALTER TABLE beat SET (fillfactor = 50);
