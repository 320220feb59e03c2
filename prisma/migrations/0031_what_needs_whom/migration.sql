-- What Home and Needs attention ask for every few seconds is counted in the transaction of the change; what a person decided is
-- done in steps; alerts are told in several ways, and their end too.

-- Nothing is delivered while the counts are taken: what came between would be missing from them.
LOCK TABLE delivery IN SHARE ROW EXCLUSIVE MODE;

-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "accuracy" JSONB,
ADD COLUMN     "accuracy_at" TIMESTAMPTZ(3),
ADD COLUMN     "alert_limits" JSONB,
ADD COLUMN     "alert_mail" JSONB,
ADD COLUMN     "alert_slack" TEXT,
ADD COLUMN     "embed_on" BOOLEAN,
ADD COLUMN     "embed_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "embed_was_on" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "guide_hidden_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "delivery_count" ADD COLUMN     "dismissed" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "alert" ALTER COLUMN "connection_id" DROP NOT NULL,
ALTER COLUMN "destination" DROP NOT NULL;

-- AlterTable
ALTER TABLE "replay" ADD COLUMN     "by" TEXT,
ADD COLUMN     "ended_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "last" BIGINT,
ADD COLUMN     "looked" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reason_key" TEXT,
ADD COLUMN     "total" INTEGER,
ADD COLUMN     "up_to" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "what" TEXT NOT NULL DEFAULT 'replay';

-- CreateTable
CREATE TABLE "delivery_hour" (
    "connection_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "delivered" BIGINT NOT NULL,
    "lost" BIGINT NOT NULL,
    "worth" DECIMAL NOT NULL,

    CONSTRAINT "delivery_hour_pkey" PRIMARY KEY ("connection_id","hour","currency")
);

-- CreateTable
CREATE TABLE "due_worth" (
    "connection_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "worth" DECIMAL NOT NULL,

    CONSTRAINT "due_worth_pkey" PRIMARY KEY ("connection_id","currency")
);

-- CreateTable
CREATE TABLE "attention_count" (
    "connection_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason_key" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "orders" BIGINT NOT NULL,
    "worth" DECIMAL NOT NULL,

    CONSTRAINT "attention_count_pkey" PRIMARY KEY ("connection_id","state","reason_key","currency")
);

-- CreateTable
CREATE TABLE "alert_notice" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "alert_id" BIGINT NOT NULL,
    "way" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "of" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "reason_code" TEXT,
    "reason_values" JSONB,

    CONSTRAINT "alert_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delivery_hour_hour_idx" ON "delivery_hour"("hour");

-- CreateIndex
CREATE INDEX "alert_notice_shop_way_id_idx" ON "alert_notice"("shop", "way", "id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_notice_alert_id_way_what_of_key" ON "alert_notice"("alert_id", "way", "what", "of");


-- What Prisma's schema cannot say ------------------------------------------------

-- A reason by which deliveries stand together: times in it would make each a group of its own.
CREATE FUNCTION reason_key(code text, "values" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN code IS NULL THEN ''
  ELSE md5(code || regexp_replace("values"::text, '\d{4}-\d\d-\d\dT[0-9:.]+Z', '…', 'g')) END;

CREATE INDEX delivery_of_reason ON delivery (connection_id, state, reason_key(reason_code, reason_values), id)
  WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL;
CREATE INDEX delivery_undecided ON delivery (shop, id)
  WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL;
CREATE INDEX delivery_dismissed ON delivery (shop, dismissed_at, id) WHERE dismissed_at IS NOT NULL;
CREATE INDEX replay_open ON replay (id) WHERE ended_at IS NULL;
CREATE INDEX alert_notice_to_send ON alert_notice (due_at) WHERE sent_at IS NULL AND attempts < 3;
CREATE UNIQUE INDEX alert_open_of_shop ON alert (shop, kind) WHERE ended_at IS NULL AND connection_id IS NULL;

ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check
  CHECK (kind IN ('paused', 'late', 'failing', 'quota', 'silent', 'accuracy', 'embed', 'reconnect'));
ALTER TABLE alert_notice ADD CONSTRAINT alert_notice_way_check CHECK (way IN ('webhook', 'slack', 'mail'));
ALTER TABLE alert_notice ADD CONSTRAINT alert_notice_what_check CHECK (what IN ('raised', 'recovered'));
ALTER TABLE replay ADD CONSTRAINT replay_what_check CHECK (what IN ('replay', 'dismiss', 'restore', 'read'));

ALTER TABLE delivery_hour SET (fillfactor = 50);
ALTER TABLE due_worth SET (fillfactor = 50);

-- What was dismissed before can be taken back as what is dismissed from now on.
INSERT INTO replay (shop, at, which, count, what, "by")
SELECT shop, dismissed_at, jsonb_build_object('connectionId', connection_id, 'state', state, 'reason',
  CASE WHEN min(reason_code) IS NOT NULL THEN jsonb_build_object('code', min(reason_code), 'values', min(reason_values::text)::jsonb) END),
  count(*), 'dismiss', dismissed_by
FROM delivery
WHERE dismissed_at IS NOT NULL AND state IN ('refused', 'expired', 'unknown')
GROUP BY shop, dismissed_at, connection_id, state, reason_key(reason_code, reason_values), dismissed_by;

-- What was told before is not told again.
INSERT INTO alert_notice (shop, alert_id, way, what, of, due_at, attempts, sent_at)
SELECT shop, id, 'webhook', 'raised', told_at, told_at, post_attempts, posted_at
FROM alert WHERE ended_at IS NULL AND (posted_at IS NOT NULL OR post_attempts >= 3);

-- The counts: as they are now, then kept ------------------------------------------

UPDATE delivery_count AS kept SET dismissed = found.dismissed
FROM (
  SELECT connection_id, state, count(*) AS dismissed FROM delivery WHERE dismissed_at IS NOT NULL GROUP BY connection_id, state
) AS found
WHERE found.connection_id = kept.connection_id AND found.state = kept.state;

INSERT INTO delivery_hour (connection_id, hour, currency, delivered, lost, worth)
SELECT connection_id, date_trunc('hour', settled_at, 'UTC'), coalesce(currency, ''), count(*) FILTER (WHERE state = 'delivered'),
  count(*) FILTER (WHERE state <> 'delivered'), coalesce(sum(worth) FILTER (WHERE state = 'delivered'), 0)
FROM delivery
WHERE state IN ('delivered', 'refused', 'expired', 'unknown') AND settled_at > now() - interval '8 days'
GROUP BY 1, 2, 3;

INSERT INTO due_worth (connection_id, currency, worth)
SELECT connection_id, currency, sum(worth) FROM delivery WHERE state = 'due' AND worth IS NOT NULL AND currency IS NOT NULL GROUP BY 1, 2;

INSERT INTO attention_count (connection_id, state, reason_key, currency, count, orders, worth)
SELECT connection_id, state, reason_key(reason_code, reason_values), coalesce(currency, ''), count(*), count(worth), coalesce(sum(worth), 0)
FROM delivery
WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL
GROUP BY 1, 2, 3, 4;

-- Each takes the rows of delivery_count first, also where they stay as they are: who has them has the others. What ended longer ago
-- than eight days is counted by no hour any more.
CREATE OR REPLACE FUNCTION delivery_count_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases, had, dismissed)
  SELECT connection_id, min(destination), state, sum(change), sum(change * purchase), sum(change * had), sum(change * dismissed) FROM (
    SELECT connection_id, destination, state, 1 AS change, (worth IS NOT NULL)::int AS purchase, (worth IS NOT NULL AND already_had)::int AS had,
      (dismissed_at IS NOT NULL)::int AS dismissed FROM added
  ) AS changes
  GROUP BY connection_id, state ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count, purchases = kept.purchases + excluded.purchases,
    had = kept.had + excluded.had, dismissed = kept.dismissed + excluded.dismissed;

  INSERT INTO delivery_hour AS kept (connection_id, hour, currency, delivered, lost, worth)
  SELECT connection_id, hour, currency, sum(delivered), sum(lost), sum(worth) FROM (
    SELECT connection_id, date_trunc('hour', settled_at, 'UTC') AS hour, coalesce(currency, '') AS currency,
      1 * (state = 'delivered')::int AS delivered, 1 * (state <> 'delivered')::int AS lost,
      CASE WHEN state = 'delivered' THEN 1 * coalesce(worth, 0) ELSE 0 END AS worth
    FROM added WHERE state IN ('delivered', 'refused', 'expired', 'unknown') AND settled_at > now() - interval '8 days'
  ) AS changes
  GROUP BY connection_id, hour, currency
  HAVING sum(delivered) <> 0 OR sum(lost) <> 0 OR sum(worth) <> 0 ORDER BY connection_id, hour, currency
  ON CONFLICT (connection_id, hour, currency) DO UPDATE SET delivered = kept.delivered + excluded.delivered,
    lost = kept.lost + excluded.lost, worth = kept.worth + excluded.worth;

  INSERT INTO due_worth AS kept (connection_id, currency, worth)
  SELECT connection_id, currency, sum(worth) FROM (
    SELECT connection_id, currency, worth AS worth FROM added WHERE state = 'due' AND worth IS NOT NULL AND currency IS NOT NULL
  ) AS changes
  GROUP BY connection_id, currency HAVING sum(worth) <> 0 ORDER BY connection_id, currency
  ON CONFLICT (connection_id, currency) DO UPDATE SET worth = kept.worth + excluded.worth;

  INSERT INTO attention_count AS kept (connection_id, state, reason_key, currency, count, orders, worth)
  SELECT connection_id, state, reason_key, currency, sum(change), sum(change * purchase), sum(change * worth) FROM (
    SELECT connection_id, state, reason_key(reason_code, reason_values) AS reason_key, coalesce(currency, '') AS currency,
      1 AS change, (worth IS NOT NULL)::int AS purchase, coalesce(worth, 0) AS worth
    FROM added WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL
  ) AS changes
  GROUP BY connection_id, state, reason_key, currency
  HAVING sum(change) <> 0 OR sum(change * purchase) <> 0 OR sum(change * worth) <> 0 ORDER BY connection_id, state, reason_key, currency
  ON CONFLICT (connection_id, state, reason_key, currency) DO UPDATE SET count = kept.count + excluded.count,
    orders = kept.orders + excluded.orders, worth = kept.worth + excluded.worth;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION delivery_count_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases, had, dismissed)
  SELECT connection_id, min(destination), state, sum(change), sum(change * purchase), sum(change * had), sum(change * dismissed) FROM (
    SELECT connection_id, destination, state, -1 AS change, (worth IS NOT NULL)::int AS purchase, (worth IS NOT NULL AND already_had)::int AS had,
      (dismissed_at IS NOT NULL)::int AS dismissed FROM gone
    UNION ALL
    SELECT connection_id, destination, state, 1 AS change, (worth IS NOT NULL)::int AS purchase, (worth IS NOT NULL AND already_had)::int AS had,
      (dismissed_at IS NOT NULL)::int AS dismissed FROM added
  ) AS changes
  GROUP BY connection_id, state
  HAVING sum(change) <> 0 OR sum(change * purchase) <> 0 OR sum(change * had) <> 0 OR sum(change * dismissed) <> 0
    OR state IN ('refused', 'expired', 'unknown') ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count, purchases = kept.purchases + excluded.purchases,
    had = kept.had + excluded.had, dismissed = kept.dismissed + excluded.dismissed;

  INSERT INTO delivery_hour AS kept (connection_id, hour, currency, delivered, lost, worth)
  SELECT connection_id, hour, currency, sum(delivered), sum(lost), sum(worth) FROM (
    SELECT connection_id, date_trunc('hour', settled_at, 'UTC') AS hour, coalesce(currency, '') AS currency,
      -1 * (state = 'delivered')::int AS delivered, -1 * (state <> 'delivered')::int AS lost,
      CASE WHEN state = 'delivered' THEN -1 * coalesce(worth, 0) ELSE 0 END AS worth
    FROM gone WHERE state IN ('delivered', 'refused', 'expired', 'unknown') AND settled_at > now() - interval '8 days'
    UNION ALL
    SELECT connection_id, date_trunc('hour', settled_at, 'UTC') AS hour, coalesce(currency, '') AS currency,
      1 * (state = 'delivered')::int AS delivered, 1 * (state <> 'delivered')::int AS lost,
      CASE WHEN state = 'delivered' THEN 1 * coalesce(worth, 0) ELSE 0 END AS worth
    FROM added WHERE state IN ('delivered', 'refused', 'expired', 'unknown') AND settled_at > now() - interval '8 days'
  ) AS changes
  GROUP BY connection_id, hour, currency
  HAVING sum(delivered) <> 0 OR sum(lost) <> 0 OR sum(worth) <> 0 ORDER BY connection_id, hour, currency
  ON CONFLICT (connection_id, hour, currency) DO UPDATE SET delivered = kept.delivered + excluded.delivered,
    lost = kept.lost + excluded.lost, worth = kept.worth + excluded.worth;

  INSERT INTO due_worth AS kept (connection_id, currency, worth)
  SELECT connection_id, currency, sum(worth) FROM (
    SELECT connection_id, currency, -worth AS worth FROM gone WHERE state = 'due' AND worth IS NOT NULL AND currency IS NOT NULL
    UNION ALL
    SELECT connection_id, currency, worth AS worth FROM added WHERE state = 'due' AND worth IS NOT NULL AND currency IS NOT NULL
  ) AS changes
  GROUP BY connection_id, currency HAVING sum(worth) <> 0 ORDER BY connection_id, currency
  ON CONFLICT (connection_id, currency) DO UPDATE SET worth = kept.worth + excluded.worth;

  INSERT INTO attention_count AS kept (connection_id, state, reason_key, currency, count, orders, worth)
  SELECT connection_id, state, reason_key, currency, sum(change), sum(change * purchase), sum(change * worth) FROM (
    SELECT connection_id, state, reason_key(reason_code, reason_values) AS reason_key, coalesce(currency, '') AS currency,
      -1 AS change, (worth IS NOT NULL)::int AS purchase, coalesce(worth, 0) AS worth
    FROM gone WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL
    UNION ALL
    SELECT connection_id, state, reason_key(reason_code, reason_values) AS reason_key, coalesce(currency, '') AS currency,
      1 AS change, (worth IS NOT NULL)::int AS purchase, coalesce(worth, 0) AS worth
    FROM added WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL
  ) AS changes
  GROUP BY connection_id, state, reason_key, currency
  HAVING sum(change) <> 0 OR sum(change * purchase) <> 0 OR sum(change * worth) <> 0 ORDER BY connection_id, state, reason_key, currency
  ON CONFLICT (connection_id, state, reason_key, currency) DO UPDATE SET count = kept.count + excluded.count,
    orders = kept.orders + excluded.orders, worth = kept.worth + excluded.worth;
  IF FOUND THEN
    DELETE FROM attention_count WHERE count = 0 AND (connection_id, state, reason_key, currency) IN (
      SELECT connection_id, state, reason_key(reason_code, reason_values), coalesce(currency, '')
      FROM gone WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION delivery_count_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases, had, dismissed)
  SELECT connection_id, min(destination), state, sum(change), sum(change * purchase), sum(change * had), sum(change * dismissed) FROM (
    SELECT connection_id, destination, state, -1 AS change, (worth IS NOT NULL)::int AS purchase, (worth IS NOT NULL AND already_had)::int AS had,
      (dismissed_at IS NOT NULL)::int AS dismissed FROM gone
  ) AS changes
  GROUP BY connection_id, state ORDER BY connection_id, state
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count, purchases = kept.purchases + excluded.purchases,
    had = kept.had + excluded.had, dismissed = kept.dismissed + excluded.dismissed;

  INSERT INTO delivery_hour AS kept (connection_id, hour, currency, delivered, lost, worth)
  SELECT connection_id, hour, currency, sum(delivered), sum(lost), sum(worth) FROM (
    SELECT connection_id, date_trunc('hour', settled_at, 'UTC') AS hour, coalesce(currency, '') AS currency,
      -1 * (state = 'delivered')::int AS delivered, -1 * (state <> 'delivered')::int AS lost,
      CASE WHEN state = 'delivered' THEN -1 * coalesce(worth, 0) ELSE 0 END AS worth
    FROM gone WHERE state IN ('delivered', 'refused', 'expired', 'unknown') AND settled_at > now() - interval '8 days'
  ) AS changes
  GROUP BY connection_id, hour, currency
  HAVING sum(delivered) <> 0 OR sum(lost) <> 0 OR sum(worth) <> 0 ORDER BY connection_id, hour, currency
  ON CONFLICT (connection_id, hour, currency) DO UPDATE SET delivered = kept.delivered + excluded.delivered,
    lost = kept.lost + excluded.lost, worth = kept.worth + excluded.worth;

  INSERT INTO due_worth AS kept (connection_id, currency, worth)
  SELECT connection_id, currency, sum(worth) FROM (
    SELECT connection_id, currency, -worth AS worth FROM gone WHERE state = 'due' AND worth IS NOT NULL AND currency IS NOT NULL
  ) AS changes
  GROUP BY connection_id, currency HAVING sum(worth) <> 0 ORDER BY connection_id, currency
  ON CONFLICT (connection_id, currency) DO UPDATE SET worth = kept.worth + excluded.worth;

  INSERT INTO attention_count AS kept (connection_id, state, reason_key, currency, count, orders, worth)
  SELECT connection_id, state, reason_key, currency, sum(change), sum(change * purchase), sum(change * worth) FROM (
    SELECT connection_id, state, reason_key(reason_code, reason_values) AS reason_key, coalesce(currency, '') AS currency,
      -1 AS change, (worth IS NOT NULL)::int AS purchase, coalesce(worth, 0) AS worth
    FROM gone WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL
  ) AS changes
  GROUP BY connection_id, state, reason_key, currency
  HAVING sum(change) <> 0 OR sum(change * purchase) <> 0 OR sum(change * worth) <> 0 ORDER BY connection_id, state, reason_key, currency
  ON CONFLICT (connection_id, state, reason_key, currency) DO UPDATE SET count = kept.count + excluded.count,
    orders = kept.orders + excluded.orders, worth = kept.worth + excluded.worth;
  IF FOUND THEN
    DELETE FROM attention_count WHERE count = 0 AND (connection_id, state, reason_key, currency) IN (
      SELECT connection_id, state, reason_key(reason_code, reason_values), coalesce(currency, '')
      FROM gone WHERE state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL);
  END IF;
  RETURN NULL;
END $$;
