-- What a backfill left out.

-- AlterTable
ALTER TABLE "backfill" ADD COLUMN     "left_out" TEXT[] DEFAULT ARRAY[]::TEXT[];

