-- Reasons that differ in a number within the vendor's words (an order's, an item's) stand together in Needs attention.

-- A decision that is under way on a group with numbers ends where it is: what stands together with it now was not meant.
-- What came between the key's change and the count would be missing from it.
LOCK TABLE delivery IN SHARE ROW EXCLUSIVE MODE;

-- Neither times nor digits count, but those at the beginning of a value: a status, or a count of ours. There a longer run is an id.
CREATE OR REPLACE FUNCTION reason_key(code text, "values" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN code IS NULL THEN ''
  ELSE md5(code || regexp_replace(regexp_replace("values"::text, '\d{4}-\d\d-\d\dT[0-9:.]+Z', '…', 'g'),
    '(?<!["\d])\d+|(?<=")\d{4,}', '…', 'g')) END;

REINDEX INDEX delivery_of_reason;

DELETE FROM attention_count;
INSERT INTO attention_count (connection_id, state, reason_key, currency, count, orders, worth)
SELECT connection_id, state, reason_key(reason_code, reason_values), coalesce(currency, ''), count(*), count(worth), coalesce(sum(worth), 0)
FROM delivery
WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL
GROUP BY 1, 2, 3, 4;
