-- The proof: each request as it left, and what of it a person wanted; what the activity of a shop is searched and listed by.

-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "insisted" BIGINT[],
ADD COLUMN     "twice" BIGINT[];

-- CreateTable
CREATE TABLE "sent_request" (
    "id" BIGINT NOT NULL,
    "shop" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,
    "deliveries" BIGINT[] NOT NULL,
    "text" BYTEA NOT NULL,

    CONSTRAINT "sent_request_pkey" PRIMARY KEY ("id")
);


-- It is packed already, where that is shorter.
ALTER TABLE sent_request ALTER COLUMN text SET STORAGE EXTERNAL;

ALTER TABLE look DROP CONSTRAINT look_what_check;
ALTER TABLE look ADD CONSTRAINT look_what_check CHECK (what IN ('file', 'delivery', 'request', 'webhook'));

CREATE INDEX event_order_name ON event (shop, lower(data #>> '{order,name}')) WHERE kind = 'order.placed';
-- Of what is delivered, which is the most, it knows nothing.
CREATE INDEX delivery_ended ON delivery (shop, state, settled_at, id) WHERE state IN ('skipped', 'superseded', 'expired', 'refused', 'unknown');
