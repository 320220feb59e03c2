-- Rows that a walk of the upkeep stepped over because they were not ready: it looks at them again until they are.

-- CreateTable
CREATE TABLE "upkeep_left" (
    "walk" TEXT NOT NULL,
    "id" BIGINT NOT NULL,

    CONSTRAINT "upkeep_left_pkey" PRIMARY KEY ("walk","id")
);
