-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "alert_language" TEXT;

