-- What is in doubt when its time is over is asked about once more, and what a merchant wants sent again is asked about first.

ALTER TABLE "delivery" ADD COLUMN "only_ask" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "insisted" BOOLEAN NOT NULL DEFAULT false;
