-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "shop" (
    "domain" TEXT NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalled_at" TIMESTAMPTZ(3),
    "facts" JSONB,
    "pixel_key" TEXT,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT,
    "api_version" TEXT,
    "triggered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'received',
    "reason" TEXT,
    "normalized_at" TIMESTAMPTZ(3),
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT,
    "data" JSONB,
    "webhook_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("shop","kind","id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'on',
    "reason" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "secrets" TEXT,
    "account" TEXT NOT NULL,
    "rules" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lane" (
    "connection_id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "wake_at" TIMESTAMPTZ(3),
    "slot_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "paused_channels" JSONB NOT NULL DEFAULT '{}',
    "declared" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "lane_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "connection_id" UUID NOT NULL,
    "event_id" BIGINT,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "reason" TEXT,
    "already_had" BOOLEAN NOT NULL DEFAULT false,
    "subject" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempt_id" BIGINT,
    "doubt_since" TIMESTAMPTZ(3),
    "settled" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "user_id" TEXT,
    "worth" DECIMAL,
    "currency" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "epoch" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "deliveries" BIGINT[],
    "messages" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "status" INTEGER,
    "outcome" TEXT,
    "answer" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "high_water" (
    "connection_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "high_water_pkey" PRIMARY KEY ("connection_id","subject")
);

-- CreateTable
CREATE TABLE "delivery_count" (
    "connection_id" UUID NOT NULL,
    "destination" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "delivery_count_pkey" PRIMARY KEY ("connection_id","state")
);

-- CreateTable
CREATE TABLE "webhook_count" (
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "webhook_count_pkey" PRIMARY KEY ("shop","state")
);

-- CreateTable
CREATE TABLE "budget" (
    "key" TEXT NOT NULL,
    "next" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "shop_pixel_key_key" ON "shop"("pixel_key");

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_shop_topic_webhook_id_key" ON "webhook"("shop", "topic", "webhook_id");

-- CreateIndex
CREATE INDEX "event_shop_subject_idx" ON "event"("shop", "subject");

-- CreateIndex
CREATE INDEX "event_shop_kind_occurred_at_idx" ON "event"("shop", "kind", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "event_shop_key_key" ON "event"("shop", "key");

-- CreateIndex
CREATE INDEX "connection_shop_idx" ON "connection"("shop");

-- CreateIndex
CREATE INDEX "lane_wake_at_idx" ON "lane"("wake_at");

-- CreateIndex
CREATE INDEX "delivery_event_id_idx" ON "delivery"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_shop_destination_account_key_hash_key" ON "delivery"("shop", "destination", "account", "key_hash");

-- CreateIndex
CREATE INDEX "attempt_connection_id_started_at_idx" ON "attempt"("connection_id", "started_at");

-- CreateIndex
CREATE INDEX "attempt_deliveries_idx" ON "attempt" USING GIN ("deliveries");

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
