// Shares out the connections to the database that one process may open (DATABASE_CONNECTIONS): the door's first, the rest by need.

/** What a connection is for. */
interface Purpose {
  /** Without so many it does not work. */
  least: number;
  /** More than so many it does not need. */
  most: number;
}

/** In the order in which they are served. */
const PURPOSES = {
  web: {
    /** Commits webhooks: two at a time, and what replaces one that hangs. Opened first, and kept. */
    door: { least: 2, most: 8 },
    /** The pixel's posts, health and metrics. */
    posts: { least: 1, most: 4 },
    /** Rings for webhooks. */
    bells: { least: 1, most: 2 },
    /** The pages, in their own process. */
    pages: { least: 2, most: 8 },
    /** Shopify's sessions. */
    sessions: { least: 1, most: 2 },
    /** Rings for what is done on the pages. */
    pagesBells: { least: 1, most: 1 },
  },
  worker: {
    /** Hears the bells, for all queues. */
    ears: { least: 1, most: 1 },
    /** Normalizes, delivers, sweeps; the upkeep holds one while it works by another. */
    road: { least: 3, most: 32 },
    /** Takes jobs and rings. */
    bells: { least: 1, most: 6 },
    /** Shopify's sessions. */
    sessions: { least: 1, most: 2 },
  },
} as const satisfies Record<string, Record<string, Purpose>>;

export type Role = keyof typeof PURPOSES;
export type Shares<R extends Role> = Record<keyof (typeof PURPOSES)[R], number>;

/** With fewer a process of either kind does not work. */
export const LEAST_CONNECTIONS = 8;
/** A web and a worker together stay below the 22 that PostgreSQL with `max_connections = 25` leaves to an ordinary role. */
export const USUAL_CONNECTIONS = 10;

/**
 * @param total at least LEAST_CONNECTIONS. @returns how many each purpose has: never more than `total` together, and what is
 * beyond every purpose's need is not used.
 */
export function shareOut<R extends Role>(role: R, total: number): Shares<R> {
  const purposes = Object.entries<Purpose>(PURPOSES[role]);
  const shares = new Map(purposes.map(([name, { least }]) => [name, least]));
  let left = total - purposes.reduce((sum, [, { least }]) => sum + least, 0);
  if (left < 0) throw new Error(`${total} connections are too few for the ${role}`);
  for (; left > 0; left -= 1) {
    // Whoever has the smallest part of what it could use; the first of equals.
    const part = ([name, { most }]: [string, Purpose]) => (shares.get(name) ?? 0) / most;
    const [needy] = purposes.filter((one) => part(one) < 1).sort((a, b) => part(a) - part(b));
    if (!needy) break;
    shares.set(needy[0], (shares.get(needy[0]) ?? 0) + 1);
  }
  return Object.fromEntries(shares) as Shares<R>;
}
