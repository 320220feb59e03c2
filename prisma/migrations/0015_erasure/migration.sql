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

-- Numbers for the customers, e-mail addresses and phone numbers that stand in the data of an event or a snapshot: made beside the data
-- (app/delivery/normalize/person-keys.ts), since an index that computes them would make each event twice as dear.
ALTER TABLE "event" ADD COLUMN "persons" BIGINT[];
ALTER TABLE "snapshot" ADD COLUMN "persons" BIGINT[];

-- The same for what is there already.
CREATE FUNCTION pg_temp.person_keys(data jsonb) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(DISTINCT ('x' || left(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 16))::bit(64)::bigint) FROM (
    SELECT 'customer:' || id FROM unnest(ARRAY[data #>> '{order,customer,id}', data #>> '{checkout,customerId}', data #>> '{page,customerId}',
      data #>> '{customer,id}', data ->> 'customerId', data ->> 'mergedId']) AS id
    UNION ALL
    SELECT 'mail:' || lower(btrim(coalesce(mail ->> 'value', mail #>> '{}'))) FROM jsonb_path_query(data, 'strict $.**.email') AS mail
    UNION ALL
    SELECT 'phone:' || right(regexp_replace(coalesce(phone ->> 'value', phone #>> '{}'), '[^0-9]', '', 'g'), 7)
    FROM jsonb_path_query(data, 'strict $.**.phone') AS phone
  ) AS names(name) WHERE name IS NOT NULL
$$;
UPDATE event SET persons = pg_temp.person_keys(data) WHERE data IS NOT NULL;
UPDATE snapshot SET persons = pg_temp.person_keys(data);

DROP INDEX event_person;
CREATE INDEX event_person ON event USING gin (persons) WHERE persons IS NOT NULL;
CREATE INDEX snapshot_person ON snapshot USING gin (persons) WHERE persons IS NOT NULL;
CREATE INDEX snapshot_visitor ON snapshot (shop, (data ->> 'visitorId')) WHERE kind = 'visitor';
