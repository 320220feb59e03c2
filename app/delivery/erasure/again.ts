// Asks the vendors again who failed to erase a person: soon at first, then more rarely, for as long as the law gives for it.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";
import { type Forgotten, forgetAgain, type Told } from "./told.ts";

/** A merchant has thirty days to erase a person. */
const FOR_MS = 30 * 86_400_000;

interface Failed {
  id: string;
  shop: string;
  vendors: Forgotten[];
  told: Told;
}

// The longer it fails, the rarer it is asked: after a quarter of an hour, then whenever as much time has passed again, daily at last.
const TAKE = statement<Failed, [now: Date, since: Date]>("take-failed-erasures")`
  UPDATE erasure
  SET tried_at = $1
  WHERE done_at IS NOT NULL AND told IS NOT NULL AND asked_at > $2
    AND tried_at <= $1::timestamptz - least(greatest(tried_at - asked_at, interval '15 minutes'), interval '1 day')
  RETURNING id, shop, vendors, told`;
const SAY = statement<never, [id: string, vendors: string, failed: boolean]>("say-what-vendors-answered")`
  UPDATE erasure
  SET vendors = $2, told = CASE WHEN $3 THEN told END
  WHERE id = $1`;

/** @returns how many erasures were taken up. */
export async function askVendorsAgain(road: Road): Promise<number> {
  const now = road.clock();
  const failed = await road.db.query(TAKE, [now, new Date(now.getTime() - FOR_MS)]);
  for (const { id, shop, vendors, told } of failed) {
    const after = await forgetAgain(road, shop, vendors, told);
    await road.db.query(SAY, [id, JSON.stringify(after), after.some(({ is }) => is === "failed")]);
  }
  return failed.length;
}
