// Shares a queue's places: however many lanes of one shop hang at silent hosts, the other shops' lanes find a place.
import { statement } from "../base/statement.ts";
import type { Road } from "../delivery/road.ts";

/** A shop that is at its share rings again after this, or up to twice as long. */
const LATER_MS = 500;

/**
 * @param share how many lanes of one shop may run at a time, for each destination in this process.
 * @returns runs the lane where its shop has a place left; else its bell rings again soon, and the place is another's.
 */
export function shareSlots(
  road: Pick<Road, "db" | "bell">,
  share: number,
  run: (connectionId: string) => Promise<unknown>,
  random = Math.random,
): (connectionId: string) => Promise<void> {
  const owners = new Map<string, Owner>();
  const running = new Map<string, number>();
  return async (connectionId) => {
    const owner = owners.get(connectionId) ?? (await ownerOf(road, connectionId));
    if (!owner) return;
    owners.set(connectionId, owner);
    const place = `${owner.destination} ${owner.shop}`;
    const now = running.get(place) ?? 0;
    if (now >= share) {
      const delay = Math.round(LATER_MS * (1 + random()));
      return road.bell.lanes([{ connectionId, destination: owner.destination, delay }]);
    }
    running.set(place, now + 1);
    try {
      await run(connectionId);
    } finally {
      const left = (running.get(place) ?? 1) - 1;
      if (left > 0) running.set(place, left);
      else running.delete(place);
    }
  };
}

/** Neither ever changes. */
interface Owner {
  shop: string;
  destination: string;
}

const OWNER = statement<Owner, [connectionId: string]>("owner-of-lane")`
  SELECT shop, destination
  FROM lane
  WHERE connection_id = $1`;

async function ownerOf({ db }: Pick<Road, "db">, connectionId: string): Promise<Owner | undefined> {
  const [owner] = await db.query(OWNER, [connectionId]);
  return owner;
}
