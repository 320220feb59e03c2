-- The slots of a wave of requests are reserved together, in all the budgets that they spend from.

-- As many slots as all the budgets have free by now, `most` at the most; where one has none, the next one that comes, alone.
-- A budget that was not used for long is full again: its next slot lies at most the burst behind the present.
-- None is taken where the first would be later than `latest`. Bursts and spacings are milliseconds.
CREATE FUNCTION budget_reserve(keys text[], bursts float8[], spacings float8[], present timestamptz, most int, latest timestamptz,
  OUT slots int, OUT at timestamptz) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO budget (key, next) SELECT k, present - burst * interval '1 ms' FROM unnest(keys, bursts) AS b(k, burst) ORDER BY k
    ON CONFLICT DO NOTHING;
  PERFORM 1 FROM budget WHERE key = ANY (keys) ORDER BY key FOR UPDATE;
  SELECT max(f.first), least(most, min(floor(extract(epoch FROM present - f.first) * 1000 / f.spacing) + 1)) INTO at, slots
  FROM (SELECT greatest(b.next, present - w.burst * interval '1 ms') AS first, w.spacing
    FROM unnest(keys, bursts, spacings) AS w(key, burst, spacing) JOIN budget b USING (key)) AS f;
  IF at > latest THEN
    slots := 0;
    RETURN;
  END IF;
  slots := greatest(slots, 1);
  UPDATE budget b SET next = greatest(b.next, present - w.burst * interval '1 ms') + slots * w.spacing * interval '1 ms'
  FROM unnest(keys, bursts, spacings) AS w(key, burst, spacing) WHERE b.key = w.key;
  at := greatest(at, present);
END $$;
