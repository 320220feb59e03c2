// A backfill from its start to its end: complete and without doubles, to the chosen connection alone.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPast, type Past } from "../support/history.ts";

let it: Past;
beforeEach(async () => {
  it = await openPast();
});
afterEach(() => it.close());

const entries = (slug: "shopimind" | "shopipixel" | "prisjakt" | "tolinku" | "alana", kind: string) =>
  it.trip.vendors.ledger(slug).entries.filter((entry) => entry.kind === kind);

test("customers, products and orders of before the connection come to ShopiMind, each once, and nothing to any other", async () => {
  it.happened(30, { customers: 12, refunded: 3 });
  expect(await it.begin("shopimind", { what: ["customers", "products", "orders"] })).toEqual({
    id: expect.any(String),
  });
  const done = await it.work();
  console.log(
    done,
    await it.trip.database.db.query(
      "SELECT destination, kind, state, reason_code, count(*) FROM delivery GROUP BY 1,2,3,4",
    ),
    await it.trip.database.db.query(
      "SELECT state, topic, reason_code, reason_values, count(*) FROM webhook GROUP BY 1,2,3,4",
    ),
  );
  expect(done).toMatchObject({ state: "done", says: null });
  expect(entries("shopimind", "orders")).toHaveLength(30);
  expect(entries("shopimind", "customers")).toHaveLength(12);
});
