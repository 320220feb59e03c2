-- The erasure of a person: its record, and the indexes by which all that is theirs is found among a million events.

-- CreateTable
CREATE TABLE "erasure" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "heard_up_to" BIGINT NOT NULL,
    "person" TEXT,
    "told" JSONB,
    "done_at" TIMESTAMPTZ(3),
    "vendors" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "erasure_shop_asked_at_idx" ON "erasure"("shop", "asked_at");

-- What Prisma's schema cannot say ------------------------------------------------

CREATE INDEX erasure_open ON erasure (tried_at) WHERE done_at IS NULL;

-- Numbers for the customers, e-mail addresses and phone numbers that stand anywhere in the data of an event or a snapshot. A phone
-- number goes by its last seven digits, which all its spellings share; whether it is the same is seen by whoever reads the row.
CREATE FUNCTION person_keys(data jsonb) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT hashtextextended(key, 0)) FROM (
    SELECT 'customer:' || id FROM unnest(ARRAY[data #>> '{order,customer,id}', data #>> '{checkout,customerId}', data #>> '{page,customerId}',
      data #>> '{customer,id}', data ->> 'customerId', data ->> 'mergedId']) AS id
    UNION ALL
    SELECT 'mail:' || lower(coalesce(mail ->> 'value', mail #>> '{}')) FROM jsonb_path_query(data, 'strict $.**.email') AS mail
    UNION ALL
    SELECT 'phone:' || right(regexp_replace(coalesce(phone ->> 'value', phone #>> '{}'), '[^0-9]', '', 'g'), 7)
    FROM jsonb_path_query(data, 'strict $.**.phone') AS phone
  ) AS keys(key) WHERE key IS NOT NULL
$$;

DROP INDEX event_person;
CREATE INDEX event_person ON event USING gin (person_keys(data))
  WHERE data ?| '{order,checkout,customer,customerId}' OR data #>> '{page,customerId}' IS NOT NULL;
CREATE INDEX snapshot_person ON snapshot USING gin (person_keys(data)) WHERE kind IN ('checkout', 'customer');
CREATE INDEX snapshot_visitor ON snapshot (shop, (data ->> 'visitorId')) WHERE kind = 'visitor';
