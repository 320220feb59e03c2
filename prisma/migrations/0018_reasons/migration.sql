-- What was read out of an attempt's words is a column of its own.

ALTER TABLE attempt ADD COLUMN failed BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE attempt ADD COLUMN split BOOLEAN NOT NULL DEFAULT false;
UPDATE attempt SET failed = outcome !~ '^([0-9]+ )?(delivered|skipped)(, [0-9]+ (delivered|skipped))*$', split = outcome ~ '^([0-9]+ )?split$'
  WHERE outcome IS NOT NULL;
DROP INDEX attempt_failed;
CREATE INDEX attempt_failed ON attempt (connection_id, started_at) WHERE failed AND finished_at IS NOT NULL;
