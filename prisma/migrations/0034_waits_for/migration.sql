-- When the last of what a lane owes about somebody may go, of what still has time; null: nothing that what is claimed now has to wait for.
-- By that subject's own index: without the settings a plan that was made while the lane was short reads all of it, for each order.
CREATE FUNCTION delivery_waits_for(connection uuid, about text, until timestamptz, by_age boolean) RETURNS timestamptz LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_incremental_sort = off AS $$
BEGIN
  RETURN (
    SELECT max(c.due_at)
    FROM (
      SELECT due_at, deadline_at
      FROM delivery
      WHERE connection_id = connection AND state = 'due' AND subject = about
      ORDER BY rank, occurred_at, id
      OFFSET 0
    ) AS c
    WHERE (c.due_at > until OR by_age) AND c.due_at < c.deadline_at);
END $$;
