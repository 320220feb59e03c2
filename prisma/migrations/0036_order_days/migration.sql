-- What became of the orders of a day that is over is counted once, and again when one of them has changed.

CREATE TABLE "order_day" (
    "shop" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "starts" TIMESTAMPTZ(3) NOT NULL,
    "ends" TIMESTAMPTZ(3) NOT NULL,
    "of" TEXT NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "order_day_pkey" PRIMARY KEY ("shop","starts","ends","connection_id")
);

CREATE TABLE "order_day_stale" (
    "shop" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "order_day_stale_pkey" PRIMARY KEY ("shop","at","id")
);

-- A row for each change, never ON CONFLICT: one that is there may just be taken by a count that does not see this change. All zones'
-- days begin at a quarter of an hour. Orders of the last hour are in no day that is kept: a day is kept when it has been over for two
-- hours, and no transaction lasts one. An order is found by its key, of which there is one: by any other index a plan that was made while
-- the tables were small reads all of a shop's.

CREATE FUNCTION order_day_stale_deliveries() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  INSERT INTO order_day_stale (shop, at)
  SELECT DISTINCT shop, date_bin('15 minutes', placed, 'epoch')
  FROM (
    SELECT d.shop,
      (SELECT e.occurred_at FROM event e WHERE e.shop = d.shop AND e.key = 'purchase:' || substr(d.subject, 7)) AS placed
    FROM changed d
    WHERE d.kind IN ('order.paid', 'order.updated') OR (d.kind = 'order.placed' AND d.occurred_at < now() - interval '1 hour')
  ) AS o
  WHERE placed < now() - interval '1 hour';
  RETURN NULL;
END $$;

CREATE FUNCTION order_day_stale_event() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  changed event := coalesce(NEW, OLD);
BEGIN
  INSERT INTO order_day_stale (shop, at)
  SELECT e.shop, date_bin('15 minutes', e.occurred_at, 'epoch')
  FROM (
    SELECT changed.shop AS shop, changed.occurred_at AS occurred_at WHERE changed.kind = 'order.placed'
    UNION ALL
    SELECT shop, occurred_at FROM event
    WHERE changed.kind <> 'order.placed' AND shop = changed.shop AND key = 'purchase:' || substr(changed.subject, 7)
  ) AS e
  WHERE e.occurred_at < now() - interval '1 hour';
  RETURN NULL;
END $$;

-- The heads, which a trigger moves, change no outcome.
CREATE TRIGGER order_day_insert AFTER INSERT ON delivery REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION order_day_stale_deliveries();
CREATE TRIGGER order_day_update AFTER UPDATE ON delivery REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION order_day_stale_deliveries();
CREATE TRIGGER order_day_delete AFTER DELETE ON delivery REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION order_day_stale_deliveries();

CREATE TRIGGER order_day_insert AFTER INSERT ON event FOR EACH ROW
WHEN (NEW.kind IN ('order.paid', 'order.cancelled') OR (NEW.kind = 'order.placed' AND NEW.occurred_at < now() - interval '1 hour'))
EXECUTE FUNCTION order_day_stale_event();
CREATE TRIGGER order_day_update AFTER UPDATE ON event FOR EACH ROW
WHEN (NEW.kind = 'order.placed' AND OLD.data IS DISTINCT FROM NEW.data)
EXECUTE FUNCTION order_day_stale_event();
CREATE TRIGGER order_day_delete AFTER DELETE ON event FOR EACH ROW
WHEN (OLD.kind IN ('order.placed', 'order.paid', 'order.cancelled'))
EXECUTE FUNCTION order_day_stale_event();
