// The smallest parts of a backfill: whose it is, what a file of lines is read as, and that a refund goes with its order.
import { afterEach, beforeEach, expect, test } from "vitest";
import { OWNER, save, Taken, take } from "../../app/shopify/backfill/backfill.ts";
import { CutShort, linesOf } from "../../app/shopify/backfill/lines.ts";
import { openPast, type Past } from "../support/history.ts";

let it: Past;
beforeEach(async () => {
  it = await openPast();
});
afterEach(() => it.close());

test("who has lost a backfill to another worker writes nothing more of it", async () => {
  it.happened(2);
  await it.begin("shopimind", { what: ["orders"] });
  const mine = await take(it.road);
  if (!mine) throw new Error("there is none");
  await save(it.road.db, mine, { lines: 1 });
  const other = OWNER.replace(/^./, (first) => (first === "0" ? "1" : "0"));
  await it.road.db.query("UPDATE backfill SET owner = $1", [other]);
  await expect(save(it.road.db, mine, { lines: 2 })).rejects.toBeInstanceOf(Taken);
  expect(await it.road.db.query("SELECT lines FROM backfill")).toEqual([{ lines: 1 }]);
});

test("a refund of before goes with its order", async () => {
  const [order] = it.happened(1, { refunded: 1 });
  await it.begin("shopimind", { what: ["orders"] });
  await it.work();
  const [row] = await it.road.db.query<{ body: string }>(
    "SELECT convert_from(body, 'UTF8') AS body FROM webhook WHERE origin = 'backfill'",
  );
  const { id, refunds } = JSON.parse(row?.body ?? "{}");
  expect(String(id)).toBe(String(order?.id));
  expect(refunds).toHaveLength(1);
});

/** @returns the lines that were read, and whether the file was said to be cut. */
async function readAs(text: string, skip: number, bytes: number | null) {
  const numbers: number[] = [];
  const body = (async function* () {
    yield Buffer.from(text.slice(0, 7));
    yield Buffer.from(text.slice(7));
  })();
  try {
    for await (const { line } of linesOf(body, skip, bytes)) numbers.push(line);
    return { numbers, cut: false };
  } catch (error) {
    if (!(error instanceof CutShort)) throw error;
    return { numbers, cut: true };
  }
}

test("a file is read from where it was left, and one that ends before its last byte is cut, though its lines are whole", async () => {
  const text = '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n';
  expect(await readAs(text, 0, text.length)).toEqual({ numbers: [0, 1, 2], cut: false });
  expect(await readAs(text, 2, null)).toEqual({ numbers: [2], cut: false });
  expect(await readAs(text, 0, text.length + 1)).toEqual({ numbers: [0, 1, 2], cut: true });
  expect(await readAs(`${text}{"id":`, 0, null)).toEqual({ numbers: [0, 1, 2], cut: true });
});

test.each([
  ["0000-01-01", "2026-01-01"],
  ["0001-01-01", "2026-01-01"],
  ["1970-01-01", "9999-12-31"],
  ["2026-02-30", "2026-03-01"],
  ["-2026-01-01", "2026-03-01"],
  ["2026-03-02", "2026-03-01"],
  ["", "2026-03-01"],
  ["now", "infinity"],
])("days that nobody means (%s to %s) are refused with a sentence or taken as far as there is anything, and never a fault", async (from, to) => {
  it.happened(1);
  const begun = await it.begin("shopimind", { from, to });
  if ("says" in begun) expect(begun.says).toMatch(/[a-z].*\.$/);
  else expect(await it.work()).toMatchObject({ state: "done", sent: 2 });
});
