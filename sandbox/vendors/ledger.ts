// What a vendor counted, how often it was told, and which rules of its documents were broken. No personal data.

export interface Entry {
  /** What it is, in the vendor's words: "Purchase", "orders", "refund". */
  kind: string;
  /** The vendor's own key for it. */
  key: string;
  /** How often the vendor counted it; more than once is a double count, unless it is a state that is kept once. */
  counted: number;
  /** How often a request carried it. */
  carried: number;
  /** When it was carried last, by the vendor's clock. */
  at: string;
  /** Amounts, currency, and what else is good to know. */
  facts: Record<string, unknown>;
}
interface Breach {
  at: string;
  sentence: string;
}
export interface LedgerView {
  requests: number;
  /** Answers by status; those of a misbehaviour are not among them. */
  answers: Record<string, number>;
  /** What was counted, by kind. */
  counts: Record<string, number>;
  breaches: Breach[];
  /** The newest twenty, newest first. */
  last: Entry[];
  entries: Entry[];
}
export type Ledger = ReturnType<typeof openLedger>;

export function openLedger(now: () => number) {
  const entries = new Map<string, Entry>();
  const answers: Record<string, number> = {};
  const breaches: Breach[] = [];
  let requests = 0;
  const at = () => new Date(now()).toISOString();

  function carry(kind: string, key: string): Entry {
    const name = `${kind}\n${key}`;
    const entry = entries.get(name) ?? { kind, key, counted: 0, carried: 0, at: at(), facts: {} };
    entry.carried += 1;
    entry.at = at();
    // Put at the end again, so that the newest are last.
    entries.delete(name);
    entries.set(name, entry);
    return entry;
  }
  return {
    requested() {
      requests += 1;
    },
    answered(status: number) {
      answers[status] = (answers[status] ?? 0) + 1;
    },
    breach(sentence: string) {
      breaches.push({ at: at(), sentence });
    },
    /** A request brought it; whether it counts is another thing. */
    carry,
    count(entry: Entry, facts: Record<string, unknown> = {}) {
      entry.counted += 1;
      entry.facts = facts;
    },
    /** A state that the vendor holds once, in its newest form. */
    keep(entry: Entry, facts: Record<string, unknown> = {}) {
      entry.counted = 1;
      entry.facts = facts;
    },
    drop(kind: string, key: string) {
      const entry = entries.get(`${kind}\n${key}`);
      if (entry) entry.counted = 0;
    },
    view(): LedgerView {
      const all = [...entries.values()];
      const counts: Record<string, number> = {};
      for (const entry of all) counts[entry.kind] = (counts[entry.kind] ?? 0) + entry.counted;
      return { requests, answers, counts, breaches, last: all.slice(-20).reverse(), entries: all };
    },
  };
}
