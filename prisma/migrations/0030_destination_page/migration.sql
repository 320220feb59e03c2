-- CreateTable
CREATE TABLE "connection_secret" (
    "connection_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "print" TEXT,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_secret_pkey" PRIMARY KEY ("connection_id","field")
);

-- CreateTable
CREATE TABLE "connection_change" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT,
    "what" JSONB NOT NULL,

    CONSTRAINT "connection_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "connection_secret_shop_destination_print_key" ON "connection_secret"("shop", "destination", "print");

-- CreateIndex
CREATE INDEX "connection_change_connection_id_id_idx" ON "connection_change"("connection_id", "id");

-- CreateIndex
CREATE INDEX "connection_change_shop_idx" ON "connection_change"("shop");

-- AddForeignKey
ALTER TABLE "connection_secret" ADD CONSTRAINT "connection_secret_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

