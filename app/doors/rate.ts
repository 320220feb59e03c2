// Limits how often somebody may come: a bucket of tokens each, in this process alone, so two processes let through twice as much.
export interface Limit {
  /** So many at once … */
  burst: number;
  /** … and so many a second after that. */
  perSecond: number;
}

/** As many names are remembered; the one that came longest ago gives way, and has a full bucket when it comes again. */
const MOST_NAMES = 10_000;

/** @param now milliseconds that only grow. @returns a function that takes a token, or so many, of the name; false where it has none. */
export function openLimit({ burst, perSecond }: Limit, now: () => number = () => performance.now()) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (name: string, cost = 1): boolean => {
    const at = now();
    const before = buckets.get(name) ?? { tokens: burst, at };
    const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
    buckets.delete(name);
    buckets.set(name, { tokens: Math.max(0, tokens - cost), at });
    const [oldest] = buckets.size > MOST_NAMES ? buckets.keys() : [];
    if (oldest !== undefined) buckets.delete(oldest);
    return tokens >= cost;
  };
}
