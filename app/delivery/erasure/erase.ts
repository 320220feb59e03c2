// The erasure of a person: whom it is about is written down, sealed, then every place is worked off, then the vendors are asked.
import { statement } from "../../base/statement.ts";
import { normalize } from "../normalize/normalize.ts";
import type { Road } from "../road.ts";
import type { Erasing } from "./erasing.ts";
import { withoutWords, wordsOf } from "./events.ts";
import { aboutOf, type Named, personNamed } from "./named.ts";
import { findPerson, subjectsOf } from "./person.ts";
import { PLACES } from "./places.ts";
import { type Begun, brokenOff, conclude, earlier, type Kept, record, recordNobody, seal } from "./record.ts";
import { eraseSnapshots } from "./snapshots.ts";
import { type Forgotten, forgetAtVendors, idsToldOf, type Told, together } from "./told.ts";

const HEARD = statement<{ heardUpTo: string }>("heard-up-to")`
  SELECT last_value AS "heardUpTo"
  FROM webhook_id_seq`;

/** @param by who asked for it: a person of the shop on the page, or Shopify. Where nobody is named, that it was asked is written down. */
export async function erase(road: Road, shop: string, named: Named, by: "hand" | "shopify"): Promise<Forgotten[]> {
  const about = aboutOf(road, shop, named);
  if (!about) return recordNobody(road, shop, by);
  const [row] = await road.db.query(HEARD);
  const heardUpTo = row?.heardUpTo ?? "0";
  await workOffHeard(road, shop);
  const kept = personNamed(named, by);
  const begun = await begin(road, { about, by }, { id: "", shop, heardUpTo, kept, told: {} });
  return run(road, begun);
}

/** So long one may take before another process thinks that it was broken off. */
const LONGEST = 10 * 60_000;

/** Takes up again what a process left behind when it ended, or what had to wait for webhooks that were heard before. @returns how many. */
export async function goOnErasing(road: Road): Promise<number> {
  const left = await brokenOff(road, LONGEST);
  for (const one of left) {
    await workOffHeard(road, one.shop);
    await run(road, await begin(road, null, one));
  }
  return left.length;
}

const LONGEST_WAIT = 10_000;
const LONGEST_REQUEST = 11_000;

/** What was heard before is worked off first, as far as that goes: it would bring the person back. */
async function workOffHeard(road: Road, shop: string): Promise<void> {
  const until = road.timer.elapsed() + LONGEST_WAIT;
  while (road.timer.elapsed() < until) {
    const state = await normalize(road, shop);
    if (state === "done") return;
    if (state === "busy") await road.timer.sleep(50);
  }
}

const LOCK = statement<{ locked: string }, [shop: string]>("lock-shop-to-erase")`
  SELECT pg_advisory_xact_lock(hashtextextended($1, 1))::text AS locked`;
const FOUND = statement<never, [id: string, person: string, told: Told]>("note-person-found")`
  UPDATE erasure
  SET person = $2, told = $3
  WHERE id = $1`;

/**
 * In the normalizer's place: what it books after this knows nothing of the person but what it was told since.
 * Whom it is about is committed with the first thing that goes, so that it can be broken off anywhere.
 * @param asked null: it is recorded already.
 */
const begin = (road: Road, asked: { about: string; by: "hand" | "shopify" } | null, one: Begun): Promise<Begun> =>
  road.db.transaction(async (sql) => {
    const { shop, kept, told } = one;
    await sql.query(LOCK, [shop]);
    const before = asked ? await earlier(road, sql, shop, asked.about) : { begun: [], told: [] };
    const start = before.begun.reduce((sum, { kept }) => both(sum, kept), kept);
    const found: Kept = { ...start, person: await findPerson(sql, shop, start.person, start.askedPhones) };
    const ids = [told, ...before.told].reduce(together, await idsToldOf(sql, shop, found.person));
    await eraseSnapshots(sql, shop, found.person);
    if (asked) return record(road, sql, { ...one, ...asked, kept: found, told: ids });
    await sql.query(FOUND, [one.id, seal(road, shop, found), ids]);
    return { ...one, kept: found, told: ids };
  });

const both = (one: Kept, other: Kept): Kept => ({
  person: Object.fromEntries(
    Object.entries(one.person).map(([name, all]) => [
      name,
      [...new Set([...all, ...other.person[name as keyof Kept["person"]]])],
    ]),
  ) as unknown as Kept["person"],
  askedPhones: [...one.askedPhones, ...other.askedPhones],
});

/** Our own tables first: what a lane takes after this tells the vendor nothing that would make the person anew. */
async function run(road: Road, begun: Begun): Promise<Forgotten[]> {
  const { shop, heardUpTo, told } = begun;
  const { person } = begun.kept;
  const erasing: Erasing = { road, shop, person, subjects: subjectsOf(person), heardUpTo, cut: (sentence) => sentence };
  erasing.cut = withoutWords(await wordsOf(erasing));
  for (const { erase } of PLACES) await erase(erasing);
  await letRequestsEnd(road, erasing);
  const vendors = await forgetAtVendors(road, shop, person.customers, told);
  begun.told = toldOf(vendors, person.customers, told);
  await conclude(road, begun, vendors, !(await waits(road, shop, heardUpTo)));
  return vendors;
}

/** The ids by which those who failed are asked again, by the upkeep or by whoever erases the person once more. */
const toldOf = (vendors: Forgotten[], customers: string[], told: Told): Told =>
  vendors.some(({ is }) => is === "failed")
    ? together(told, Object.fromEntries(vendors.map(({ connectionId }) => [connectionId, customers])))
    : told;

const OPEN_REQUEST = statement<{ id: string }, [shop: string, subjects: string[]]>("open-request-about-subjects")`
  SELECT a.id
  FROM attempt a
  JOIN lane l ON l.connection_id = a.connection_id AND l.epoch = a.epoch AND l.lease_until > clock_timestamp()
  WHERE a.shop = $1 AND a.finished_at IS NULL
    AND EXISTS (
      SELECT 1
      FROM delivery d
      JOIN event e ON e.id = d.event_id
      WHERE d.id = ANY (a.deliveries) AND e.subject = ANY ($2))
  LIMIT 1`;

/** A request takes ten seconds at most, and leaves soon after it was written down; one that left before would tell the vendor of the person after it was asked to erase them. */
async function letRequestsEnd(road: Road, { shop, subjects }: Erasing): Promise<void> {
  const until = road.timer.elapsed() + LONGEST_REQUEST;
  while (road.timer.elapsed() < until) {
    const [open] = await road.db.query(OPEN_REQUEST, [shop, subjects]);
    if (!open) return;
    await road.timer.sleep(100);
  }
}

const WAITING = statement<{ id: string }, [shop: string, heardUpTo: string]>("heard-and-not-worked-off")`
  SELECT id
  FROM webhook
  WHERE shop = $1 AND state = 'received' AND id <= $2
  LIMIT 1`;

/** Something that was heard before is still to be worked off: the upkeep goes on with it. */
async function waits(road: Road, shop: string, heardUpTo: string): Promise<boolean> {
  const rows = await road.db.query(WAITING, [shop, heardUpTo]);
  return rows.length > 0;
}
