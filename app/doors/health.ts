// GET /readyz: is the database there and migrated, and have the pages been up? Whether a worker lives is told, but a dead worker must not stop webhooks.

import type { Database } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import { BEATS } from "../delivery/beat.ts";

export interface Readiness {
  ready: boolean;
  database: "there" | "away";
  migrated: boolean;
  /** Have they been up once: what they put into the database at the start is there. */
  pages: boolean;
  worker: boolean;
}

const READY = statement<{ done: number; worker: boolean }, [migrations: string[]]>("readiness")`
  SELECT
    (SELECT count(*)::int FROM _prisma_migrations WHERE migration_name = ANY ($1) AND finished_at IS NOT NULL) AS done,
    ${BEATS} AS worker`;

export async function readiness(db: Database, migrations: string[], pages: boolean): Promise<Readiness> {
  try {
    const [row] = await db.query(READY, [migrations]);
    const migrated = row?.done === migrations.length;
    return { ready: migrated && pages, database: "there", migrated, pages, worker: row?.worker ?? false };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "42P01";
    return { ready: false, database: missing ? "there" : "away", migrated: false, pages, worker: false };
  }
}
