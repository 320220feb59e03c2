-- What a page says is so: who saved and dismissed, when settings changed, and what the last test of them found.

-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "saved" JSONB;

-- AlterTable
ALTER TABLE "webhook" ADD COLUMN     "dismissed_by" TEXT;

-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "saved_at" TIMESTAMPTZ(3),
ADD COLUMN     "saved_by" TEXT,
ADD COLUMN     "settings_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "test_ok" BOOLEAN,
ADD COLUMN     "tested" TEXT,
ADD COLUMN     "tested_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "dismissed_by" TEXT;


-- The last change that is known.
UPDATE "connection" SET "settings_at" = "changed_at";
