// When is all done? No webhook waits to be read and no delivery is due; looked at in a way that costs next to nothing.
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../app/base/database.ts";

const PATIENCE = 240_000;

// Each looks at the beginning of a partial index, however large the tables are.
const OPEN = `
  SELECT EXISTS (SELECT 1 FROM webhook WHERE state = 'received') OR EXISTS (SELECT 1 FROM delivery WHERE state = 'due') AS open`;

const isSettled = async (db: Database) =>
  db.transaction(async (sql) => {
    await sql.query("SET LOCAL enable_seqscan = off");
    const [row] = await sql.query<{ open: boolean }>(OPEN);
    return row?.open === false;
  });

/** @throws where it takes longer than four minutes */
export async function untilSettled(db: Database): Promise<void> {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(50))
    if (await isSettled(db)) return;
  const states = await db.query("SELECT destination, state, reason_code, count(*)::int FROM delivery GROUP BY 1, 2, 3");
  throw new Error(`it was not settled within four minutes: ${JSON.stringify(states)}`);
}

/** A figure counts only where all of it arrived. @throws where some of these connections' deliveries did not */
export async function mustBeDelivered(db: Database, least: Record<string, number>): Promise<void> {
  const rows = await db.query<{ destination: string; count: number }>(
    "SELECT destination, count(*)::int AS count FROM delivery WHERE state = 'delivered' AND kind LIKE 'order.%' GROUP BY 1",
  );
  const counts = new Map(rows.map(({ destination, count }) => [destination, count]));
  for (const [slug, wanted] of Object.entries(least))
    if ((counts.get(slug) ?? 0) < wanted) throw new Error(`${slug} got ${counts.get(slug) ?? 0} of ${wanted} orders`);
}
