-- What each webhook costs: plans that are right before there are statistics.

-- As before, but an order is found by its key and by nothing else: of indexes that begin with the shop a plan that is made while the table is
-- empty takes any, as they seem to cost the same, and reads all of a shop's events for each delivery until the table is analyzed. Only
-- one of them has the keys in order.

CREATE OR REPLACE FUNCTION order_day_stale_deliveries() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
BEGIN
  INSERT INTO order_day_stale (shop, at)
  SELECT DISTINCT shop, date_bin('15 minutes', placed, 'epoch')
  FROM (
    SELECT d.shop, (
      SELECT e.occurred_at FROM event e
      WHERE e.shop = d.shop AND e.key >= 'purchase:' || substr(d.subject, 7) AND e.key <= 'purchase:' || substr(d.subject, 7)
      ORDER BY e.shop, e.key LIMIT 1
    ) AS placed
    FROM changed d
    WHERE d.kind IN ('order.paid', 'order.updated') OR (d.kind = 'order.placed' AND d.occurred_at < now() - interval '1 hour')
  ) AS o
  WHERE placed < now() - interval '1 hour';
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION order_day_stale_event() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  changed event := coalesce(NEW, OLD);
  purchase text := 'purchase:' || substr(changed.subject, 7);
  placed timestamptz;
BEGIN
  IF changed.kind = 'order.placed' THEN
    placed := changed.occurred_at;
  ELSE
    SELECT occurred_at INTO placed FROM event
    WHERE shop = changed.shop AND key >= purchase AND key <= purchase ORDER BY shop, key LIMIT 1;
  END IF;
  IF placed < now() - interval '1 hour' THEN
    INSERT INTO order_day_stale (shop, at) VALUES (changed.shop, date_bin('15 minutes', placed, 'epoch'));
  END IF;
  RETURN NULL;
END $$;
