-- What a backfill left out.

-- AlterTable
ALTER TABLE "backfill" ADD COLUMN     "left_out" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

