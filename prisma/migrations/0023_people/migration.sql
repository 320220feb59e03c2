-- What buyers ask of a shop, who looked at what of them, how long a shop keeps what it was told, and what stays of a shop that was erased.

-- AlterTable
ALTER TABLE "shop" ADD COLUMN "keep_attempts" SMALLINT,
ADD COLUMN "keep_bodies" SMALLINT,
ADD COLUMN "keep_data" SMALLINT;

-- AlterTable
ALTER TABLE "erasure" ADD COLUMN "asked_by" TEXT NOT NULL DEFAULT 'hand';

-- CreateTable
CREATE TABLE "data_request" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "webhook_id" BIGINT NOT NULL,
    "about" TEXT NOT NULL,
    "persons" BIGINT[],
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL,
    "file" TEXT,
    "holds" JSONB NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "look" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "who" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "of" BIGINT NOT NULL,
    "about" TEXT NOT NULL,

    CONSTRAINT "look_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erased_shop" (
    "hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_shop_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "kept_key" (
    "hash" BYTEA NOT NULL,

    CONSTRAINT "kept_key_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "data_request_webhook_id_key" ON "data_request"("webhook_id");

-- CreateIndex
CREATE INDEX "data_request_shop_asked_at_idx" ON "data_request"("shop", "asked_at");

-- CreateIndex
CREATE INDEX "look_shop_at_idx" ON "look"("shop", "at");


-- What Prisma's schema cannot say ------------------------------------------------

ALTER TABLE shop ADD CONSTRAINT shop_keep_bodies_check CHECK (keep_bodies IN (3, 7, 14));
ALTER TABLE shop ADD CONSTRAINT shop_keep_data_check CHECK (keep_data IN (30, 60));
ALTER TABLE shop ADD CONSTRAINT shop_keep_attempts_check CHECK (keep_attempts IN (7, 14));
ALTER TABLE erasure ADD CONSTRAINT erasure_asked_by_check CHECK (asked_by IN ('hand', 'shopify'));
ALTER TABLE look ADD CONSTRAINT look_what_check CHECK (what IN ('file', 'delivery'));

CREATE INDEX erasure_failed ON erasure (tried_at) WHERE done_at IS NOT NULL AND told IS NOT NULL;
CREATE INDEX data_request_person ON data_request USING gin (persons) WHERE file IS NOT NULL;
CREATE INDEX data_request_until ON data_request (until) WHERE file IS NOT NULL;
CREATE INDEX look_at ON look (at);
