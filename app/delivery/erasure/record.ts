// The book of erasures: what was asked, how far it came, and what each vendor said. It names nobody but by an id or a pseudonym.

import type { Sql } from "../../base/database.ts";
import { statement, type ValuesOf } from "../../base/statement.ts";
import type { Road } from "../road.ts";
import { NOBODY_NAMED } from "./named.ts";
import type { Person } from "./person.ts";
import type { Forgotten, Told } from "./told.ts";

export interface ErasureLine {
  id: string;
  /** null: they were asked for by an e-mail address or a phone number, which is not kept. */
  customerId: string | null;
  askedAt: Date;
  /** null: it is under way, or is taken up again within some minutes. */
  doneAt: Date | null;
  vendors: Forgotten[];
  /** hand: on the page. shopify: by customers/redact. */
  by: AskedBy;
  /** Nobody was named. */
  nobody: boolean;
}
export type AskedBy = "hand" | "shopify";

const NEWEST = statement<ErasureLine, [shop: string]>("erasures-of-shop")`
  SELECT id, substring(about FROM '^customer:(.*)') AS "customerId", asked_at AS "askedAt", done_at AS "doneAt",
    vendors, asked_by AS by, about = '${NOBODY_NAMED}' AS nobody
  FROM erasure
  WHERE shop = $1
  ORDER BY asked_at DESC, id DESC
  LIMIT 100`;

/** The newest first. */
export const erasures = (road: Road, shop: string): Promise<ErasureLine[]> => road.db.query(NEWEST, [shop]);

/** What is sealed while it is under way: without it, one that was broken off would not find again what it began with. */
export interface Kept {
  person: Person;
  askedPhones: string[];
}
export interface Begun {
  id: string;
  shop: string;
  heardUpTo: string;
  kept: Kept;
  told: Told;
}
interface Row {
  id: string;
  shop: string;
  heardUpTo: string;
  person: string | null;
  told: Told | null;
}

const ROW = `id, shop, heard_up_to AS "heardUpTo", person, told`;
const contextOf = (shop: string) => `erasure:${shop}`;

export const seal = (road: Road, shop: string, kept: Kept) => road.keys.seal(JSON.stringify(kept), contextOf(shop));

const opened = (road: Road, { person, told, ...row }: Row): Begun[] =>
  person === null
    ? []
    : [{ ...row, told: told ?? {}, kept: JSON.parse(road.keys.open(person, contextOf(row.shop))) as Kept }];

const EARLIER = statement<Row & { open: boolean }, [shop: string, about: string]>("earlier-erasures-of-person")`
  SELECT ${ROW}, done_at IS NULL AS open
  FROM erasure
  WHERE shop = $1 AND about = $2 AND (done_at IS NULL OR told IS NOT NULL)
  ORDER BY id`;

/** Of the same person: what was begun and not ended, and what vendors were told of them whom one of them failed to erase. */
export async function earlier(road: Road, sql: Sql, shop: string, about: string) {
  const rows = await sql.query(EARLIER, [shop, about]);
  return {
    begun: rows.filter(({ open }) => open).flatMap((row) => opened(road, row)),
    told: rows.map(({ told }) => told ?? {}),
  };
}

const DROP_OPEN = statement<never, [shop: string, about: string]>("drop-open-erasures-of-person")`
  DELETE FROM erasure
  WHERE shop = $1 AND about = $2 AND done_at IS NULL`;
const BEGIN = statement<
  { id: string },
  [shop: string, about: string, now: Date, heardUpTo: string, person: string, told: Told, by: AskedBy]
>("begin-erasure")`
  INSERT INTO erasure (shop, about, asked_at, tried_at, heard_up_to, person, told, asked_by)
  VALUES ($1, $2, $3, $3, $4, $5, $6, $7)
  RETURNING id`;
const OF_NOBODY = statement<never, [shop: string, now: Date, by: AskedBy]>("note-erasure-of-nobody")`
  INSERT INTO erasure (shop, about, asked_at, tried_at, heard_up_to, done_at, asked_by)
  VALUES ($1, '${NOBODY_NAMED}', $2, $2, 0, $2, $3)`;

/** Asked for, with nobody named: there is nothing to do, and that is done. */
export async function recordNobody(road: Road, shop: string, by: AskedBy): Promise<Forgotten[]> {
  await road.db.query(OF_NOBODY, [shop, road.clock(), by]);
  return [];
}

export async function record(
  road: Road,
  sql: Sql,
  { about, by, shop, heardUpTo, kept, told }: Omit<Begun, "id"> & { about: string; by: AskedBy },
): Promise<Begun> {
  // One of the same person that was broken off goes on as this one.
  await sql.query(DROP_OPEN, [shop, about]);
  const values: ValuesOf<typeof BEGIN> = [shop, about, road.clock(), heardUpTo, seal(road, shop, kept), told, by];
  const [row] = await sql.query(BEGIN, values);
  return { id: row?.id ?? "", shop, heardUpTo, kept, told };
}

const TAKE_UP = statement<Row, [now: Date, triedBefore: Date]>("go-on-with-erasures")`
  UPDATE erasure
  SET tried_at = $1
  WHERE done_at IS NULL AND tried_at < $2
  RETURNING ${ROW}`;

/** Those that were broken off, taken by whoever calls: nobody else takes them for the same time. */
export async function brokenOff(road: Road, forMilliseconds: number): Promise<Begun[]> {
  const now = road.clock();
  const rows = await road.db.query(TAKE_UP, [now, new Date(now.getTime() - forMilliseconds)]);
  return rows.flatMap((row) => opened(road, row));
}

const CONCLUDE = statement<never, [id: string, vendors: string, done: boolean, now: Date, told: Told | null]>(
  "conclude-erasure",
)`
  UPDATE erasure
  SET vendors = $2,
    done_at = CASE WHEN $3 THEN $4::timestamptz END,
    person = CASE WHEN NOT $3 THEN person END,
    told = CASE WHEN $3 THEN $5::jsonb ELSE told END
  WHERE id = $1`;

/** @param done our own tables hold nothing more of the person. The ids stay where a vendor is to be asked again. */
export async function conclude(road: Road, { id, told }: Begun, vendors: Forgotten[], done: boolean): Promise<void> {
  const failed = vendors.some(({ is }) => is === "failed");
  await road.db.query(CONCLUDE, [id, JSON.stringify(vendors), done, road.clock(), failed ? told : null]);
}
