-- A backfill: what a merchant wants told of the time before a connection, its file's lines, and the place of its deliveries behind all others.

-- AlterTable
ALTER TABLE "webhook" ADD COLUMN     "backfill_id" BIGINT;

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "backfilled" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "backfill_id" BIGINT,
ADD COLUMN     "later" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "backfill" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "reason_code" TEXT,
    "reason_values" JSONB,
    "what" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "pieces" JSONB NOT NULL,
    "expected" JSONB,
    "operation" TEXT,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "file_read" BOOLEAN NOT NULL DEFAULT false,
    "sent_to" INTEGER NOT NULL DEFAULT -1,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "look_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "owner" UUID,
    "owner_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backfill_line" (
    "backfill_id" BIGINT NOT NULL,
    "line" INTEGER NOT NULL,
    "id" TEXT,
    "parent" TEXT,
    "data" TEXT NOT NULL,

    CONSTRAINT "backfill_line_pkey" PRIMARY KEY ("backfill_id","line")
);

-- CreateIndex
CREATE INDEX "backfill_shop_created_at_idx" ON "backfill"("shop", "created_at");

-- CreateIndex
CREATE INDEX "backfill_line_backfill_id_parent_idx" ON "backfill_line"("backfill_id", "parent");

ALTER TABLE backfill ADD CONSTRAINT backfill_state_check
  CHECK (state IN ('planned', 'running', 'paused', 'done', 'cancelled', 'failed'));
-- A connection has one at a time; they are what the workers look for.
CREATE UNIQUE INDEX backfill_open ON backfill (connection_id) WHERE state IN ('planned', 'running', 'paused');
-- What only a backfill has told.
CREATE INDEX event_backfilled ON event (shop, key) WHERE backfilled;
-- What is to be put on the road, in the order of the file.
CREATE INDEX backfill_line_root ON backfill_line (backfill_id, line) WHERE parent IS NULL;
-- How much of a backfill waits, and what became of the rest; which of its webhooks are not worked off yet.
CREATE INDEX delivery_of_backfill ON delivery (backfill_id, state) WHERE backfill_id IS NOT NULL;
CREATE INDEX webhook_of_backfill ON webhook (backfill_id) WHERE backfill_id IS NOT NULL AND state = 'received';

-- What goes later is in an index of its own, so that a claim of the others does not read past it.
DROP INDEX delivery_head_rank;
CREATE INDEX delivery_head_rank ON delivery (connection_id, rank, due_at, occurred_at, id) WHERE state = 'due' AND head AND NOT later;
CREATE INDEX delivery_head_later ON delivery (connection_id, rank, due_at, occurred_at, id) WHERE state = 'due' AND head AND later;
DROP INDEX delivery_head_due;
CREATE INDEX delivery_head_due ON delivery (connection_id, due_at, id) WHERE state = 'due' AND head AND NOT later;
CREATE INDEX delivery_later_due ON delivery (connection_id, due_at, id) WHERE state = 'due' AND head AND later;

-- As before, and what goes later where there is nothing else.
CREATE OR REPLACE FUNCTION delivery_next(connection uuid, until timestamptz, most int, by_age boolean) RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 200
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_incremental_sort = off AS $$
DECLARE taken int := 0; found int;
BEGIN
  IF by_age THEN
    RETURN QUERY SELECT d.id FROM delivery d WHERE d.connection_id = connection AND d.state = 'due' AND d.head AND NOT d.later AND d.due_at <= until
      ORDER BY d.due_at, d.id LIMIT most;
    GET DIAGNOSTICS taken = ROW_COUNT;
  ELSE
    FOR level IN 0..5 LOOP
      EXIT WHEN taken >= most;
      RETURN QUERY SELECT d.id FROM delivery d
        WHERE d.connection_id = connection AND d.state = 'due' AND d.head AND NOT d.later AND d.rank = level::smallint AND d.due_at <= until
        ORDER BY d.due_at, d.occurred_at, d.id LIMIT most - taken;
      GET DIAGNOSTICS found = ROW_COUNT;
      taken := taken + found;
    END LOOP;
  END IF;
  IF taken > 0 THEN RETURN; END IF;
  FOR level IN 0..5 LOOP
    EXIT WHEN taken >= most;
    RETURN QUERY SELECT d.id FROM delivery d
      WHERE d.connection_id = connection AND d.state = 'due' AND d.head AND d.later AND d.rank = level::smallint AND d.due_at <= until
      ORDER BY d.due_at, d.occurred_at, d.id LIMIT most - taken;
    GET DIAGNOSTICS found = ROW_COUNT;
    taken := taken + found;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION delivery_next_due(connection uuid) RETURNS timestamptz LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_incremental_sort = off AS $$
  SELECT least(
    (SELECT due_at FROM delivery WHERE connection_id = connection AND state = 'due' AND head AND NOT later ORDER BY due_at, id LIMIT 1),
    (SELECT due_at FROM delivery WHERE connection_id = connection AND state = 'due' AND head AND later ORDER BY due_at, id LIMIT 1))
$$;
