-- What Home and the figures ask for every few seconds is counted or indexed, so that it costs the same however much was delivered.

-- Nothing is delivered while the counts are taken: what came between would be missing from them.
LOCK TABLE delivery IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE "delivery_count" ADD COLUMN "purchases" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "had" BIGINT NOT NULL DEFAULT 0;

UPDATE delivery_count AS kept SET purchases = found.purchases, had = found.had
FROM (
  SELECT connection_id, state, count(*) AS purchases, count(*) FILTER (WHERE already_had) AS had
  FROM delivery WHERE worth IS NOT NULL GROUP BY connection_id, state
) AS found
WHERE found.connection_id = kept.connection_id AND found.state = kept.state;

-- What Prisma's schema cannot say ------------------------------------------------

-- Why a request did not just deliver: few of many.
CREATE INDEX attempt_failed ON attempt (connection_id, started_at)
  WHERE finished_at IS NOT NULL AND outcome !~ '^([0-9]+ )?(delivered|skipped)(, [0-9]+ (delivered|skipped))*$';

-- Only a purchase has a worth.
CREATE OR REPLACE FUNCTION delivery_count_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases, had)
  SELECT connection_id, min(destination), state, count(*), count(worth), count(worth) FILTER (WHERE already_had) FROM added
  GROUP BY connection_id, state ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count,
    purchases = kept.purchases + excluded.purchases, had = kept.had + excluded.had;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION delivery_count_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases, had)
  SELECT connection_id, min(destination), state, sum(change), sum(change * purchase), sum(change * had) FROM (
    SELECT connection_id, destination, state, -1 AS change, (worth IS NOT NULL)::int AS purchase, (worth IS NOT NULL AND already_had)::int AS had FROM gone
    UNION ALL
    SELECT connection_id, destination, state, 1, (worth IS NOT NULL)::int, (worth IS NOT NULL AND already_had)::int FROM added
  ) AS changes
  GROUP BY connection_id, state
  HAVING sum(change) <> 0 OR sum(change * purchase) <> 0 OR sum(change * had) <> 0 ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count,
    purchases = kept.purchases + excluded.purchases, had = kept.had + excluded.had;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION delivery_count_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases, had)
  SELECT connection_id, min(destination), state, -count(*), -count(worth), -(count(worth) FILTER (WHERE already_had)) FROM gone
  GROUP BY connection_id, state ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count,
    purchases = kept.purchases + excluded.purchases, had = kept.had + excluded.had;
  RETURN NULL;
END $$;
