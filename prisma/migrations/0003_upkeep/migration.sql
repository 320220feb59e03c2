-- What the upkeep needs: alerts, recorded replays, the breaker, how far a walk has come, and the indexes
-- by which it finds its rows without costing the hot statements anything of weight.

ALTER TABLE "shop" ADD COLUMN "alert_url" TEXT;

-- CreateTable
CREATE TABLE "alert" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "destination" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "says" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3),
    "post_attempts" INTEGER NOT NULL DEFAULT 0,
    "post_failure" TEXT,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replay" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "which" JSONB NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "replay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "breaker" (
    "destination" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "lanes" UUID[],
    "opened_at" TIMESTAMPTZ(3),
    "probe_at" TIMESTAMPTZ(3),
    "probes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "breaker_pkey" PRIMARY KEY ("destination")
);

-- CreateTable
CREATE TABLE "upkeep_mark" (
    "name" TEXT NOT NULL,
    "up_to" BIGINT NOT NULL,

    CONSTRAINT "upkeep_mark_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "alert_shop_since_idx" ON "alert"("shop", "since");

-- CreateIndex
CREATE INDEX "replay_shop_at_idx" ON "replay"("shop", "at");

-- What Prisma's schema cannot say ------------------------------------------------

ALTER TABLE alert ADD CONSTRAINT alert_kind_check CHECK (kind IN ('paused', 'late', 'failing'));
ALTER TABLE breaker ALTER COLUMN lanes SET NOT NULL;

-- One open alert of a kind.
CREATE UNIQUE INDEX alert_open ON alert (connection_id, kind) WHERE ended_at IS NULL;
CREATE INDEX alert_told ON alert (connection_id, kind, told_at);
CREATE INDEX alert_to_post ON alert (shop) WHERE posted_at IS NULL AND ended_at IS NULL;

-- Which share of the last hour was lost, and which superseded states are old: both rare beside what is delivered.
CREATE INDEX delivery_lost_at ON delivery (connection_id, settled_at) WHERE state IN ('refused', 'expired', 'unknown');
CREATE INDEX delivery_superseded ON delivery (settled_at) WHERE state = 'superseded';

-- Did a checkout become an order? And which checkouts have been silent for a while: a checkout's version begins with when
-- it was changed last.
CREATE INDEX event_checkout ON event (shop, (data #>> '{order,checkoutToken}')) WHERE kind = 'order.placed';
CREATE INDEX snapshot_checkout ON snapshot (shop, version) WHERE kind = 'checkout';

-- Whose orders and checkouts these are, for an erasure.
CREATE INDEX event_person ON event (shop, (coalesce(data #>> '{order,customer,id}', data #>> '{checkout,customerId}')))
  WHERE kind IN ('order.placed', 'checkout.contact_given');
