// Rings for shops after their webhooks were answered: at most once per shop and some milliseconds.
export interface BellThrottle {
  ring: (shop: string) => void;
  /** Waits for the bells that are ringing. */
  close: () => Promise<void>;
}

const PAUSE_MS = 10;

/** A bell that fails is left to the sweep. */
export function openBellThrottle(bell: (shop: string) => Promise<void>): BellThrottle {
  const resting = new Map<string, { again: boolean }>();
  const ringing = new Set<Promise<void>>();
  const ring = (shop: string) => {
    const rest = resting.get(shop);
    if (rest) {
      rest.again = true;
      return;
    }
    const now = { again: false };
    resting.set(shop, now);
    const rung = bell(shop).catch(() => {});
    ringing.add(rung);
    void rung.then(() => ringing.delete(rung));
    setTimeout(() => {
      resting.delete(shop);
      if (now.again) ring(shop);
    }, PAUSE_MS);
  };
  return { ring, close: async () => void (await Promise.all(ringing)) };
}
