// Rings for shops after their webhooks were answered: at once when it is quiet, and in a rush once for many.
export interface BellThrottle {
  ring: (shop: string) => void;
  /** Rings for what is still to be rung for, and waits for the bells. */
  close: () => Promise<void>;
}

const SHORTEST_REST = 10;
/** In a rush nobody sees so little: what comes meanwhile is worked off in one piece. */
const LONGEST_REST = 100;
/** As many a millisecond are a rush: the next rest is twice as long. */
const RUSH = 0.2;

/** A bell that fails is left to the sweep. */
export function openBellThrottle(bell: (shop: string) => Promise<void>): BellThrottle {
  const resting = new Map<string, { heard: number }>();
  const ringing = new Set<Promise<void>>();
  const ring = (shop: string) => {
    const rest = resting.get(shop);
    if (rest) rest.heard += 1;
    else call(shop, SHORTEST_REST);
  };
  function call(shop: string, milliseconds: number): void {
    const rest = { heard: 0 };
    resting.set(shop, rest);
    const rung = bell(shop).catch(() => {});
    ringing.add(rung);
    void rung.then(() => ringing.delete(rung));
    setTimeout(() => {
      resting.delete(shop);
      if (rest.heard === 0) return;
      call(shop, rest.heard / milliseconds < RUSH ? SHORTEST_REST : Math.min(milliseconds * 2, LONGEST_REST));
    }, milliseconds);
  }
  return {
    ring,
    async close() {
      for (const [shop, { heard }] of resting) if (heard > 0) call(shop, SHORTEST_REST);
      await Promise.all(ringing);
    },
  };
}
