-- A channel that we paused is tried again every hour, and what a vendor warns of before it closes one is kept and told.

ALTER TABLE lane ADD COLUMN channel_tries JSONB NOT NULL DEFAULT '{}';
ALTER TABLE lane ADD COLUMN warning TEXT;

-- One kind of alert more, whatever kinds there are by now.
DO $$
DECLARE
  kinds text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'alert_kind_check');
BEGIN
  ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
  EXECUTE 'ALTER TABLE alert ADD CONSTRAINT alert_kind_check ' || replace(kinds, 'ARRAY[', 'ARRAY[''quota''::text, ');
END $$;
