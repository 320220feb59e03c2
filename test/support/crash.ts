// A life that ends at a chosen point: every statement and request of a road is counted, and at one of them the process dies.
import type { Database, Sql } from "../../app/base/database.ts";
import { LeaseLost } from "../../app/delivery/deliver/lane.ts";
import { type TestDatabase, textOf } from "./database.ts";

/** Before it, or after it was done and before its answer came back. */
export interface End {
  point: number;
  when: "before" | "after";
}
export interface Life {
  db: Database;
  fetch: typeof fetch;
  /** What was passed so far, in words. */
  points: string[];
  isOver: () => boolean;
}

/** What a dead process would say if it could. A lost lease is the one error that nothing in the road works around. */
class Death extends LeaseLost {}

/** @param end absent: a long life. */
export function openLife(db: Database, end?: End): Life {
  const points: string[] = [];
  let over = false;
  const die = () => {
    over = true;
    throw new Death("the process has died");
  };
  const begin = (what: string): number => {
    if (over) die();
    points.push(what);
    if (end?.point === points.length && end.when === "before") die();
    return points.length;
  };
  const finish = (point: number) => {
    if (over || (end?.point === point && end.when === "after")) die();
  };
  const step = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const point = begin(what);
    const result = await act();
    finish(point);
    return result;
  };
  const counted = (sql: Sql): Sql => ({
    query: (what, values) => step(textOf(what).trim().replace(/\s+/g, " ").slice(0, 60), () => sql.query(what, values)),
  });
  return {
    points,
    isOver: () => over,
    fetch: (url, init) => step(`${init?.method} ${new URL(String(url)).pathname}`, () => whole(url, init)),
    db: {
      ...counted(db),
      end: () => db.end(),
      async transaction(work) {
        let commit = 0;
        const result = await db.transaction(async (sql) => {
          const done = await work(counted(sql));
          commit = begin("COMMIT");
          return done;
        });
        finish(commit);
        return result;
      },
    },
  };
}

/** With the answer's body: the vendor is done only then. */
async function whole(url: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const text = await response.arrayBuffer();
  const empty = [204, 205, 304].includes(response.status);
  return new Response(empty ? null : text, { status: response.status, headers: response.headers });
}

/** All rows of all that a history leaves, for the next one on the same database. */
export async function wipe({ db }: TestDatabase): Promise<void> {
  const tables = [
    "delivery",
    "attempt",
    "sent_request",
    "event",
    "webhook",
    "snapshot",
    "lane",
    "connection",
    "high_water",
    "budget",
    "host_breaker",
    "replay",
    "shop",
  ];
  await db.query(tables.map((table) => `DELETE FROM ${table}`).join(";"));
}

/** What a dead process held runs out by the database's clock. */
export const endLeases = ({ db }: TestDatabase) =>
  db.query("UPDATE lane SET lease_until = clock_timestamp() - interval '1 s' WHERE lease_until IS NOT NULL");
