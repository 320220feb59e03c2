// The bucket that the points of a shop's questions are taken from; it fills again as time passes.
const MAXIMUM = 2_000;
const RESTORES = 100;

export type Bucket = ReturnType<typeof openBucket>;

export function openBucket(now: () => number) {
  let [left, at] = [MAXIMUM, now()];
  const restore = () => {
    left = Math.min(MAXIMUM, left + (Math.max(0, now() - at) / 1_000) * RESTORES);
    at = now();
    return left;
  };
  return {
    /** @returns false: there is too little in it. */
    take(cost: number): boolean {
      if (restore() < cost) return false;
      left -= cost;
      return true;
    },
    giveBack(cost: number) {
      left = Math.min(MAXIMUM, restore() + cost);
    },
    /** So much and no more is in it. */
    leave(points: number) {
      restore();
      left = points;
    },
    status: () => ({ maximumAvailable: MAXIMUM, currentlyAvailable: Math.floor(restore()), restoreRate: RESTORES }),
  };
}
