-- CreateTable
CREATE TABLE "shop_domain" (
    "domain" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "shop_domain_pkey" PRIMARY KEY ("domain")
);

-- CreateIndex
CREATE INDEX "shop_domain_shop_idx" ON "shop_domain"("shop");
