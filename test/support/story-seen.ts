// What a test sees of a shop's life: the figures, the vendors' books, Shopify's own count, and every row of the database.
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { accuracy } from "../../app/delivery/accuracy/accuracy.ts";
import { backfills } from "../../app/shopify/backfill/view.ts";
import type { Order } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS, type Slug } from "../../sandbox/vendors.ts";
import type { Story } from "./story.ts";

const DAY = 86_400_000;
const PURCHASE: Record<Slug, string> = {
  shopipixel: "Purchase",
  alana: "purchase-complete",
  prisjakt: "purchase",
  tolinku: "purchase",
  shopimind: "orders",
};
export const days = () => {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(Date.now() - 40 * DAY), to: day(Date.now() + DAY) };
};

const sorted = (counts: Map<string, number>) => new Map([...counts].sort());
export const marksIn = (dump: string, marks: string[]) => {
  const rows = dump.split("\n");
  return marks.flatMap((mark) =>
    rows.filter((row) => row.includes(mark.toLowerCase())).map((row) => `${mark} in ${row.slice(0, 200)}`),
  );
};

export function seenOf({ app, road, query }: Story) {
  const connectionOf = async (slug: Slug) =>
    (await query<{ id: string }>("SELECT id FROM connection WHERE destination = $1", [slug]))[0]?.id ?? "";
  /** How often a vendor counted each order. */
  function counted(slug: Slug): Map<string, number> {
    const times = new Map<string, number>();
    for (const { kind, key: name, counted: count, facts } of app.vendors.ledger(slug).entries) {
      if (kind !== PURCHASE[slug] || count === 0) continue;
      const told = slug === "alana" ? (facts.metadata as { orderId?: string })?.orderId : name;
      const order = String(told).replace("purchase_", "");
      // A state is kept once, however often it is told.
      times.set(order, (times.get(order) ?? 0) + (slug === "shopimind" ? 1 : count));
    }
    return sorted(times);
  }
  return {
    ...{ connectionOf, counted },
    /** Each of these once, and nothing else. */
    countsOnce: (slug: Slug, all: Order[]) =>
      expect(counted(slug), slug).toEqual(sorted(new Map(all.map(({ id }) => [String(id), 1])))),
    allCounts: () => SLUGS.map((slug) => [slug, counted(slug)]),
    requests: () => SLUGS.reduce((sum, slug) => sum + app.vendors.ledger(slug).requests, 0),
    backfill: async () => (await backfills(road, SANDBOX_SHOP, await connectionOf("shopimind")))[0],
    /** By vendor, what there is any of. */
    async figures(): Promise<Record<string, object>> {
      const all = await accuracy(road, SANDBOX_SHOP, days(), null);
      const some = (total: object) =>
        Object.fromEntries(Object.entries(total).filter(([name, count]) => count > 0 && name !== "had"));
      return Object.fromEntries(all.map(({ destination, total }) => [destination, some(total)]));
    },
    dump: () => dumpOf(query),
  };
}

/** Every row of every table of every schema; bytes as text, what is compressed opened. */
async function dumpOf(query: <Row>(text: string) => Promise<Row[]>): Promise<string> {
  const tables = await query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await query<object>(`SELECT * FROM ${name}`);
    texts.push(...rows.map((row) => `${name} ${JSON.stringify(row, (_, value) => opened(value))}`));
  }
  return texts.join("\n").toLowerCase();
}

function opened(value: unknown): unknown {
  const given = value as { type?: string; data?: number[] } | null;
  if (given?.type !== "Buffer" || !given.data) return value;
  const bytes = Buffer.from(given.data);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString() : bytes.toString();
}
