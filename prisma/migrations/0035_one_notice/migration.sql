-- How an alert was told stands in alert_notice. The index on them goes with them.
ALTER TABLE "alert" DROP COLUMN "post_attempts",
DROP COLUMN "post_failure",
DROP COLUMN "posted_at";
