// One call for a shop's token at a time, over all processes: Shopify retires a refresh token as soon as a newer pair is asked for, and
// of two that ask side by side one would store a pair that is dead already.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";

/** As long as a token call and what follows it may take; whoever died with the turn is not waited for longer. */
const TURN_MS = 15_000;
const LOOK_AGAIN_MS = 40;
/** The library renews a token that ends within five minutes. */
const EARLY = "interval '5 minutes'";

const GOOD = statement<{ id: string }, [shop: string]>("good-token-of-shop")`
  SELECT id
  FROM session
  WHERE id = 'offline_' || $1 AND "accessToken" <> ''
    AND (expires IS NULL OR expires > now() AT TIME ZONE 'UTC' + ${EARLY})
    AND NOT EXISTS (SELECT 1 FROM shop WHERE domain = $1 AND token_dead_at IS NOT NULL)`;
const TAKE = statement<{ shop: string }, [shop: string, owner: string, turn: number]>("take-token-turn")`
  INSERT INTO token_turn AS t (shop, owner, until)
  VALUES ($1, $2, now() + $3 * interval '1 ms')
  ON CONFLICT (shop) DO UPDATE
    SET owner = excluded.owner, until = excluded.until
    WHERE t.until < now()
  RETURNING shop`;
const GIVE_BACK = statement<never, [shop: string, owner: string]>("give-token-turn-back")`
  DELETE FROM token_turn
  WHERE shop = $1 AND owner = $2`;

/** Runs what may ask Shopify for the shop's token: at once where the stored one is good, else when it is this one's turn. */
export type TokenTurns = <T>(shop: string, work: () => Promise<T>) => Promise<T>;

export function openTokenTurns(db: Sql): TokenTurns {
  return async (shop, work) => {
    const owner = randomUUID();
    const patience = performance.now() + TURN_MS;
    while (!(await isGood(db, shop)) && performance.now() < patience) {
      if (!(await take(db, shop, owner))) {
        await sleep(LOOK_AGAIN_MS);
        continue;
      }
      try {
        return await work();
      } finally {
        await db.query(GIVE_BACK, [shop, owner]);
      }
    }
    return work();
  };
}

async function isGood(db: Sql, shop: string): Promise<boolean> {
  const [row] = await db.query(GOOD, [shop]);
  return row !== undefined;
}

async function take(db: Sql, shop: string, owner: string): Promise<boolean> {
  const [row] = await db.query(TAKE, [shop, owner, TURN_MS]);
  return row !== undefined;
}
