// Erases the lines of a backfill's file that speak of a person and are not on the road yet.
import { setImmediate as turn } from "node:timers/promises";
import { statement } from "../../base/statement.ts";
import type { Erasing } from "./erasing.ts";
import { mentionsOf } from "./mentions.ts";

const AT_ONCE = 500;

const BACKFILLS = statement<{ id: string }, [shop: string]>("backfills-with-lines")`
  SELECT id
  FROM backfill
  WHERE shop = $1 AND ended_at IS NULL`;
const PAGE = statement<{ line: number; data: string }, [backfillId: string, after: number, most: number]>(
  "page-of-backfill-lines",
)`
  SELECT line, data
  FROM backfill_line
  WHERE backfill_id = $1 AND line > $2
  ORDER BY line
  LIMIT $3`;
const DROP = statement<never, [backfillId: string, lines: number[]]>("erase-backfill-lines")`
  DELETE FROM backfill_line
  WHERE backfill_id = $1 AND line = ANY ($2)`;

export async function eraseShelf({ road, shop, person }: Erasing): Promise<void> {
  const mentions = mentionsOf(person);
  for (const { id } of await road.db.query(BACKFILLS, [shop])) {
    for (let after: number | undefined = -1; after !== undefined; ) {
      const page: { line: number; data: string }[] = await road.db.query(PAGE, [id, after, AT_ONCE]);
      after = page.at(-1)?.line;
      const theirs = page.filter(({ data }) => mentions(Buffer.from(data))).map(({ line }) => line);
      if (theirs.length > 0) await road.db.query(DROP, [id, theirs]);
      await turn();
    }
  }
}
