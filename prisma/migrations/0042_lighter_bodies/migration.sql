-- PostgreSQL's own compression (pglz) cost more processor's time than all else of a webhook's INSERT. With lz4 it is next to nothing;
-- a server that was built without it keeps new bodies as they came, beside the row, and takes more of the disk for them.
DO $$
BEGIN
  ALTER TABLE webhook ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  ALTER TABLE webhook ALTER COLUMN body SET STORAGE EXTERNAL;
END $$;
