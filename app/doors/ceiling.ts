// The daily ceiling of a shop's pixel, shared by all processes: each books a block of events in PostgreSQL and hands them out by itself.
import type { Sql } from "../base/database.ts";
import { dayOf, noteRefused, reserve } from "../shopify/pixel-ceiling.ts";

interface Purse {
  day: string;
  /** Booked, and not yet handed out. */
  left: number;
  /** The day had no more room when it was asked last; then nobody asks for a while. */
  emptyUntil: number;
  booking: Promise<void> | null;
  dropped: number;
  tooFast: number;
}

export interface Ceiling {
  /** @returns false where the shop's day has no room for so many events; it is counted. */
  takes(shop: string, events: number, ceiling: number): Promise<boolean>;
  /** A post of this shop came too fast. */
  tooFast(shop: string): void;
  /** Writes down what was refused. */
  close(): Promise<void>;
}

const LARGEST_BLOCK = 200;
/** A block is a small part of the ceiling: what a process has booked and not used is lost to the others. */
const blockOf = (ceiling: number) => Math.min(LARGEST_BLOCK, Math.max(1, Math.floor(ceiling / 100)));
const EMPTY_FOR_MS = 3_000;
const NOTE_MS = 1_000;
const MOST_SHOPS = 10_000;

/** @param failed hears what could not be written down. */
export function openCeiling(sql: Sql, clock: () => Date, failed: (error: unknown) => void): Ceiling {
  const purses = new Map<string, Purse>();
  let noting: NodeJS.Timeout | null = null;

  function purseOf(shop: string): Purse {
    const day = dayOf(clock());
    const before = purses.get(shop);
    if (before?.day === day) return before;
    const purse = { day, left: 0, emptyUntil: 0, booking: null, dropped: 0, tooFast: 0 };
    purses.set(shop, purse);
    return purse;
  }
  async function book(shop: string, purse: Purse, events: number, ceiling: number): Promise<void> {
    const want = Math.max(events, blockOf(ceiling));
    const granted = await reserve(sql, { shop, now: clock(), want, ceiling });
    purse.left += granted;
    if (granted < want) purse.emptyUntil = performance.now() + EMPTY_FOR_MS;
  }
  async function note(): Promise<void> {
    noting = null;
    const all = [...purses].filter(([, { dropped, tooFast }]) => dropped + tooFast > 0);
    if (purses.size > MOST_SHOPS) purses.clear();
    for (const [shop, purse] of all) {
      const { dropped, tooFast } = purse;
      Object.assign(purse, { dropped: 0, tooFast: 0 });
      await noteRefused(sql, { shop, now: clock(), dropped, tooFast }).catch(failed);
    }
  }
  const noteSoon = () => {
    noting ??= setTimeout(() => void note(), NOTE_MS).unref();
  };
  return {
    async takes(shop, events, ceiling) {
      const purse = purseOf(shop);
      while (purse.left < events && purse.emptyUntil < performance.now()) {
        purse.booking ??= book(shop, purse, events, ceiling).finally(() => {
          purse.booking = null;
        });
        await purse.booking;
      }
      if (purse.left < events) {
        purse.dropped += events;
        noteSoon();
        return false;
      }
      purse.left -= events;
      return true;
    },
    tooFast(shop) {
      purseOf(shop).tooFast += 1;
      noteSoon();
    },
    async close() {
      if (noting) clearTimeout(noting);
      await note();
    },
  };
}
