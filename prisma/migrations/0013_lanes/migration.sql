-- What leaves first, and what may leave at all, is known from when a delivery is written: a claim is then a short walk of an index.

-- No run is under way while the heads are found: what came between would have none.
LOCK TABLE delivery IN SHARE ROW EXCLUSIVE MODE;

-- The one place where a kind gets its rank; app/delivery/rank.ts has their names. A purchase goes before what takes back some of it,
-- whatever their times; a customer before what names them. What is added here holds for rows that are written from then on.
CREATE FUNCTION delivery_rank(kind text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE
  WHEN kind IN ('order.placed', 'order.paid') THEN 0
  WHEN kind IN ('order.refunded', 'order.reduced', 'order.cancelled') THEN 1
  WHEN kind LIKE 'customer.%' THEN 2
  WHEN kind LIKE 'cart.viewed' THEN 5
  WHEN kind LIKE 'cart.%' OR kind LIKE 'checkout.%' THEN 4
  WHEN kind LIKE '%.viewed' OR kind LIKE 'search.%' THEN 5
  ELSE 3
END;

ALTER TABLE "delivery"
  ADD COLUMN "rank" SMALLINT NOT NULL GENERATED ALWAYS AS (delivery_rank(kind)) STORED,
  -- Of what is due: no other of its subject goes before it. Of all else it says nothing.
  ADD COLUMN "head" BOOLEAN NOT NULL DEFAULT true,
  -- How often the vendor was asked whether it has it.
  ADD COLUMN "asked" SMALLINT NOT NULL DEFAULT 0;

-- Until when nothing of the lane leaves: it backs off, or waits for a slot. `wake_at` may also be the time when the next one is due.
ALTER TABLE "lane" ADD COLUMN "held_until" TIMESTAMPTZ(3);
UPDATE lane SET held_until = wake_at WHERE slot_at IS NOT NULL;

UPDATE delivery d SET head = false
FROM (SELECT id, row_number() OVER (PARTITION BY connection_id, subject ORDER BY rank, occurred_at, id) AS place FROM delivery WHERE state = 'due') AS p
WHERE d.id = p.id AND p.place > 1;

DROP INDEX delivery_due;
DROP INDEX delivery_order;
DROP INDEX delivery_deadline;
-- The order within a subject.
CREATE INDEX delivery_order ON delivery (connection_id, subject, rank, occurred_at, id) WHERE state = 'due';
-- What leaves first, by rank or by age alone; when the next one is due.
CREATE INDEX delivery_head_rank ON delivery (connection_id, rank, due_at, occurred_at, id) WHERE state = 'due' AND head;
CREATE INDEX delivery_head_due ON delivery (connection_id, due_at, id) WHERE state = 'due' AND head;
-- What the lane, or the sweep, ends when its time is over.
CREATE INDEX delivery_deadline ON delivery (connection_id, deadline_at) WHERE state = 'due';
-- Behaviour that waits, heads or not.
CREATE INDEX delivery_behaviour ON delivery (connection_id, due_at) WHERE state = 'due' AND rank = 5;

-- What is next ---------------------------------------------------------------------
-- Each reads no more than it returns: sorts are out of the question, and one index alone has the order that each asks for. Without the
-- settings a planner that knows nothing of the table reads the whole lane by another index.

-- The most urgent of a lane, or what waits longest.
CREATE FUNCTION delivery_next(connection uuid, until timestamptz, most int, by_age boolean) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_incremental_sort = off AS $$
DECLARE taken int := 0; found int;
BEGIN
  IF by_age THEN
    RETURN QUERY SELECT d.id FROM delivery d WHERE d.connection_id = connection AND d.state = 'due' AND d.head AND d.due_at <= until
      ORDER BY d.due_at, d.id LIMIT most;
    RETURN;
  END IF;
  FOR level IN 0..5 LOOP
    EXIT WHEN taken >= most;
    RETURN QUERY SELECT d.id FROM delivery d
      WHERE d.connection_id = connection AND d.state = 'due' AND d.head AND d.rank = level::smallint AND d.due_at <= until
      ORDER BY d.due_at, d.occurred_at, d.id LIMIT most - taken;
    GET DIAGNOSTICS found = ROW_COUNT;
    taken := taken + found;
  END LOOP;
END $$;

-- When the next of a lane may go, and when the next of it is over; null: nothing is due.
CREATE FUNCTION delivery_next_due(connection uuid) RETURNS timestamptz LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_incremental_sort = off AS $$
  SELECT due_at FROM delivery WHERE connection_id = connection AND state = 'due' AND head ORDER BY due_at, id LIMIT 1
$$;
CREATE FUNCTION delivery_next_deadline(connection uuid) RETURNS timestamptz LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_incremental_sort = off AS $$
  SELECT deadline_at FROM delivery WHERE connection_id = connection AND state = 'due' ORDER BY deadline_at LIMIT 1
$$;

-- Who is the head ------------------------------------------------------------------
-- Whoever makes something due, or ends a head, holds its lane's row: two of them at once would not see each other's work, and a
-- subject could be left without a head. The app's verbs take the row first (app/delivery/connections/lanes.ts); one that does not
-- takes it here, and may at worst be told of a deadlock. Each statement of a function sees what was committed before it.

-- For each subject of which something became due, or a head left: its first is the head and no other is. `entered` is the id of one that
-- became due, null for one that left. Where k entered, the head of before is among the first k + 1.
-- The settings keep the plan, a look into delivery_order a subject: without statistics the planner would read the whole lane for each, and sort.
CREATE FUNCTION delivery_heads(connections uuid[], subjects text[], entered bigint[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_sort = off SET enable_incremental_sort = off AS $$
DECLARE firsts bigint[]; others bigint[];
BEGIN
  PERFORM 1 FROM lane WHERE connection_id = ANY (connections) ORDER BY connection_id FOR NO KEY UPDATE;
  -- Mostly nothing is to be changed: what becomes due is written as a head.
  SELECT array_agg(id) FILTER (WHERE place = 1 AND NOT head), array_agg(id) FILTER (WHERE place IS DISTINCT FROM 1 AND head IS DISTINCT FROM false)
  INTO firsts, others FROM (
    SELECT id, min(place) AS place, bool_or(head) AS head FROM (
      SELECT f.id, f.place, f.head
      FROM (SELECT connection_id, subject, count(id) AS k FROM unnest(connections, subjects, entered) AS e(connection_id, subject, id) GROUP BY 1, 2) AS s
      CROSS JOIN LATERAL (
        SELECT o.id, o.head, row_number() OVER (ORDER BY o.rank, o.occurred_at, o.id) AS place FROM delivery o
        WHERE o.connection_id = s.connection_id AND o.subject = s.subject AND o.state = 'due'
        ORDER BY o.rank, o.occurred_at, o.id LIMIT s.k + 1
      ) AS f
      UNION ALL
      SELECT id, NULL, NULL FROM unnest(entered) AS e(id) WHERE id IS NOT NULL
    ) AS known GROUP BY id
  ) AS found;
  IF firsts IS NOT NULL THEN UPDATE delivery SET head = true WHERE id = ANY (firsts); END IF;
  IF others IS NOT NULL THEN UPDATE delivery SET head = false WHERE id = ANY (others) AND head; END IF;
END $$;

CREATE FUNCTION delivery_head_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE connections uuid[]; subjects text[]; entered bigint[];
BEGIN
  SELECT array_agg(connection_id), array_agg(subject), array_agg(id) INTO connections, subjects, entered FROM added WHERE state = 'due';
  IF connections IS NOT NULL THEN PERFORM delivery_heads(connections, subjects, entered); END IF;
  RETURN NULL;
END $$;

-- No join of the two: a plan that was made for one row would be kept for a hundred thousand.
CREATE FUNCTION delivery_head_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE connections uuid[]; subjects text[]; entered bigint[];
BEGIN
  SELECT array_agg(connection_id), array_agg(subject), array_agg(CASE WHEN change > 0 THEN id END) INTO connections, subjects, entered FROM (
    SELECT connection_id, subject, id, sum(change) AS change, bool_or(head) AS head FROM (
      SELECT connection_id, subject, id, -1 AS change, head FROM gone WHERE state = 'due'
      UNION ALL
      SELECT connection_id, subject, id, 1, false FROM added WHERE state = 'due'
    ) AS changes
    GROUP BY connection_id, subject, id
  ) AS moved
  WHERE change > 0 OR (change < 0 AND head);
  IF connections IS NOT NULL THEN PERFORM delivery_heads(connections, subjects, entered); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION delivery_head_delete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE connections uuid[]; subjects text[];
BEGIN
  SELECT array_agg(connection_id), array_agg(subject) INTO connections, subjects FROM gone WHERE state = 'due' AND head;
  IF connections IS NOT NULL THEN PERFORM delivery_heads(connections, subjects, '{}'); END IF;
  RETURN NULL;
END $$;

-- Not for the changes that these make themselves. By their names they fire before the counts: whoever waits for a row holds no count.
CREATE TRIGGER delivery_a_head_insert AFTER INSERT ON delivery
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION delivery_head_insert();
CREATE TRIGGER delivery_a_head_update AFTER UPDATE ON delivery
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION delivery_head_update();
CREATE TRIGGER delivery_a_head_delete AFTER DELETE ON delivery
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION delivery_head_delete();
