-- Whose turn it is to ask Shopify for a shop's token.

-- CreateTable
CREATE TABLE "token_turn" (
    "shop" TEXT NOT NULL,
    "owner" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_turn_pkey" PRIMARY KEY ("shop")
);
