-- What a claim reads: its deliveries, and for each the visitor by their name, on tables that were never analysed as well.

-- As many as a lane claims at once; PostgreSQL takes it for 1,000 else.
ALTER FUNCTION delivery_next(uuid, timestamptz, int, boolean) ROWS 200;

-- With the shop first the planner took it for the look-up by name, and read all visitors of the shop for each delivery.
DROP INDEX snapshot_visitor;
CREATE INDEX snapshot_visitor ON snapshot ((data ->> 'visitorId'), shop) WHERE kind = 'visitor';
