-- What Prisma's schema cannot say: which words a state may be, how versions compare, the indexes of the
-- hot statements, and the counts that the metrics and the pages are read from.

-- The words ------------------------------------------------------------------

ALTER TABLE webhook ADD CONSTRAINT webhook_state_check
  CHECK (state IN ('received', 'normalized', 'ignored', 'waiting', 'unreadable'));
ALTER TABLE delivery ADD CONSTRAINT delivery_state_check
  CHECK (state IN ('due', 'delivered', 'skipped', 'superseded', 'expired', 'refused', 'unknown'));
ALTER TABLE connection ADD CONSTRAINT connection_state_check
  CHECK (state IN ('on', 'paused', 'off', 'disconnected'));

ALTER TABLE delivery ALTER COLUMN settled SET NOT NULL;
ALTER TABLE attempt ALTER COLUMN deliveries SET NOT NULL;

-- Versions compare byte by byte, whatever the database's language is.
ALTER TABLE delivery ALTER COLUMN version TYPE text COLLATE "C";
ALTER TABLE event ALTER COLUMN version TYPE text COLLATE "C";
ALTER TABLE high_water ALTER COLUMN version TYPE text COLLATE "C";
ALTER TABLE snapshot ALTER COLUMN version TYPE text COLLATE "C";

-- The indexes of what is open: small, whatever the tables grow to ------------

CREATE INDEX webhook_received ON webhook (shop, id) WHERE state = 'received';
CREATE INDEX webhook_held ON webhook (state, id) WHERE state IN ('unreadable', 'waiting');

CREATE INDEX delivery_due ON delivery (connection_id, due_at) WHERE state = 'due';
CREATE INDEX delivery_order ON delivery (connection_id, subject, occurred_at, id) WHERE state = 'due';
CREATE INDEX delivery_lost ON delivery (shop, destination, state, id) WHERE state IN ('refused', 'expired', 'unknown');
CREATE INDEX delivery_delivered ON delivery (connection_id, settled_at DESC) WHERE state = 'delivered';

CREATE INDEX snapshot_expires ON snapshot (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX attempt_started ON attempt (started_at);
CREATE INDEX attempt_open ON attempt (connection_id) WHERE finished_at IS NULL;

-- The counts -----------------------------------------------------------------
-- Once a statement, not once a row. Rows are taken in one order, so that two statements cannot lock
-- each other out. What did not change its state or connection adds up to zero and is left alone.

CREATE FUNCTION delivery_count_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count)
  SELECT connection_id, min(destination), state, count(*) FROM added
  GROUP BY connection_id, state ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count;
  RETURN NULL;
END $$;

CREATE FUNCTION delivery_count_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count)
  SELECT connection_id, min(destination), state, sum(change) FROM (
    SELECT connection_id, destination, state, -1 AS change FROM gone
    UNION ALL
    SELECT connection_id, destination, state, 1 FROM added
  ) AS changes
  GROUP BY connection_id, state HAVING sum(change) <> 0 ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count;
  RETURN NULL;
END $$;

CREATE FUNCTION delivery_count_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count)
  SELECT connection_id, min(destination), state, -count(*) FROM gone
  GROUP BY connection_id, state ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count;
  RETURN NULL;
END $$;

CREATE TRIGGER delivery_count_insert AFTER INSERT ON delivery
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION delivery_count_insert();
CREATE TRIGGER delivery_count_update AFTER UPDATE ON delivery
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION delivery_count_update();
CREATE TRIGGER delivery_count_delete AFTER DELETE ON delivery
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION delivery_count_delete();

-- Webhooks that are `received` are counted live by webhook_received. The door inserts nothing else, so
-- UPDATE is enough; and a webhook that is deleted when its time is over stays counted, so there is no DELETE.
CREATE FUNCTION webhook_count_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_count AS kept (shop, state, count)
  SELECT shop, state, sum(change) FROM (
    SELECT shop, state, -1 AS change FROM gone
    UNION ALL
    SELECT shop, state, 1 FROM added
  ) AS changes
  WHERE state <> 'received'
  GROUP BY shop, state HAVING sum(change) <> 0 ORDER BY shop, state
  ON CONFLICT (shop, state) DO UPDATE SET count = kept.count + excluded.count;
  RETURN NULL;
END $$;

CREATE TRIGGER webhook_count_update AFTER UPDATE ON webhook
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION webhook_count_update();

-- Room to update a row in its own page, and dead rows swept early, where rows change often ----------------

ALTER TABLE delivery SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE lane SET (fillfactor = 85);
ALTER TABLE delivery_count SET (fillfactor = 50);
ALTER TABLE webhook_count SET (fillfactor = 50);
ALTER TABLE webhook SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE budget SET (autovacuum_vacuum_scale_factor = 0.02);

-- The order in which webhooks are worked off; unlike their ids it never runs backwards within a shop,
-- where one transaction at a time draws from it.
CREATE SEQUENCE "arrival_seq";

-- What the sweep ends when its time is over.
CREATE INDEX "delivery_deadline" ON "delivery" ("deadline_at") WHERE "state" = 'due';
