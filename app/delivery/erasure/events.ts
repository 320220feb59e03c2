// Erases a person in the data of events, and in what vendors said of their deliveries.

import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import { sqlKeys } from "../../events/keys.ts";
import { redactor } from "../connections/redact.ts";
import { personKeys } from "../person-keys.ts";
import { sqlSetCode } from "../reasons.ts";
import { NOT_SENT } from "../states.ts";
import type { Erasing } from "./erasing.ts";
import { ALL_GOES, whatStays, wordsThatGo } from "./stays.ts";
import { inValues } from "./words.ts";

const AT_ONCE = 200;

interface Row {
  id: string;
  data: Event;
  owed: boolean;
}
interface Said<Words> {
  id: string;
  says: Words;
  of: string[];
}

/** SQL: the events in which the person stands, by parameters: the shop, the subjects, the person's customer ids. On a shared device what others looked at is not theirs. @param of the table's name with its point, where others are beside it. */
export const sqlTheirs = (shop: number, subjects: number, customers: number, of = "") =>
  `${of}shop = $${shop} AND ${of}subject = ANY ($${subjects}) AND ${of}data IS NOT NULL
    AND (NOT ${sqlKeys.isAbout("visitor", `${of}subject`)} OR ${of}data #>> '{page,customerId}' IS NULL
      OR ${of}data #>> '{page,customerId}' = ANY ($${customers}))`;

/** What came after the erasure was asked for is new, and stays. What an upkeep found out by itself has no webhook. */
const THEIRS = statement<{ id: string }, [shop: string, subjects: string[], heardUpTo: string, customers: string[]]>(
  "events-of-person",
)`
  SELECT id
  FROM event
  WHERE ${sqlTheirs(1, 2, 4)} AND (webhook_id IS NULL OR webhook_id <= $3)
  ORDER BY id`;
const DATA = statement<Row, [ids: string[]]>("event-data-to-erase")`
  SELECT e.id, e.data, EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = e.id AND d.state = 'due') AS owed
  FROM event e
  WHERE e.id = ANY ($1::bigint[]) AND e.data IS NOT NULL`;

/** In batches, each in a transaction of its own. */
async function inBatches(erasing: Erasing, work: (sql: Sql, rows: Row[]) => Promise<void>): Promise<void> {
  const { road, shop, subjects, person, heardUpTo } = erasing;
  const all = await road.db.query(THEIRS, [shop, subjects, heardUpTo, person.customers]);
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const ids = all.slice(from, from + AT_ONCE).map(({ id }) => id);
    await road.db.transaction(async (sql) => {
      const rows = await sql.query(DATA, [ids]);
      await work(sql, rows);
    });
  }
}

/** More would say nothing new. */
const MOST_WORDS = 20_000;

/** All texts that go: what a vendor echoed of them goes, too, wherever its words are kept. */
export async function wordsOf(erasing: Erasing): Promise<string[]> {
  const words = new Set([...erasing.person.emails, ...erasing.person.phones]);
  await inBatches(erasing, async (_, rows) => {
    if (words.size > MOST_WORDS) return;
    for (const { data } of rows) for (const word of wordsThatGo(data, whatStays(data, false))) words.add(word);
  });
  return [...words];
}

const NOT_OWED = statement<never, [events: string[], now: Date, kinds: string]>("end-deliveries-of-erased")`
  UPDATE delivery
  SET state = ${NOT_SENT}, ${sqlSetCode("erased")}, settled_at = $2
  WHERE event_id = ANY ($1::bigint[]) AND state = 'due' AND kind ~ $3`;
const ERASE = statement<never, [erased: string]>("erase-event-data")`
  UPDATE event e
  SET data = nullif(n.data, 'null'), persons = n.persons
  FROM jsonb_to_recordset($1::jsonb) AS n (id bigint, data jsonb, persons bigint[])
  WHERE e.id = n.id AND e.data IS NOT NULL`;

export const eraseEvents = (erasing: Erasing): Promise<void> =>
  inBatches(erasing, async (sql, rows) => {
    const ids = rows.map(({ id }) => id);
    await sql.query(NOT_OWED, [ids, erasing.road.clock(), ALL_GOES.source]);
    const erased = rows.map(({ id, data, owed }) => ({ id, before: data, data: whatStays(data, owed) }));
    const words = new Map(erased.map(({ id, before, data }) => [id, wordsThatGo(before, data)]));
    await eraseSaid(sql, ids, words, erasing.cut);
    const left = erased.map(({ id, data }) => ({ id, data, persons: personKeys(data) }));
    await sql.query(ERASE, [JSON.stringify(left)]);
  });

const ANSWERS = statement<Said<string>, [events: string[]]>("answers-about-events")`
  SELECT a.id, a.answer AS says, array_agg(d.event_id) AS of
  FROM delivery d
  JOIN attempt a ON a.deliveries @> ARRAY[d.id]
  WHERE d.event_id = ANY ($1::bigint[]) AND a.answer IS NOT NULL
  GROUP BY a.id
  ORDER BY a.id`;
const REASONS = statement<Said<Reason["values"]>, [events: string[]]>("reasons-about-events")`
  SELECT id, reason_values AS says, ARRAY[event_id] AS of
  FROM delivery
  WHERE event_id = ANY ($1::bigint[]) AND reason_values IS NOT NULL
  ORDER BY id`;
const CUT_ANSWERS = statement<never, [changed: string]>("cut-answers-about-events")`
  UPDATE attempt t
  SET answer = n.says
  FROM jsonb_to_recordset($1::jsonb) AS n (id bigint, says text)
  WHERE t.id = n.id`;
const CUT_REASONS = statement<never, [changed: string]>("cut-reasons-about-events")`
  UPDATE delivery t
  SET reason_values = n.says
  FROM jsonb_to_recordset($1::jsonb) AS n (id bigint, says jsonb)
  WHERE t.id = n.id`;

/** The attempts first, as whoever settles them does: two that take rows in two orders lock each other out. */
async function eraseSaid(sql: Sql, events: string[], words: Map<string, string[]>, cut: Erasing["cut"]): Promise<void> {
  const answers = await sql.query(ANSWERS, [events]);
  const reasons = await sql.query(REASONS, [events]);
  for (const [cutAll, all] of [
    [CUT_ANSWERS, answers],
    [CUT_REASONS, reasons],
  ] as const) {
    const changed = all.flatMap(({ id, says, of }) => {
      const without = withoutWords(of.flatMap((event) => words.get(event) ?? []));
      const clean = (text: string) => without(cut(text));
      const left = typeof says === "string" ? clean(says) : inValues(says, clean);
      return JSON.stringify(left) === JSON.stringify(says) ? [] : [{ id, says: left }];
    });
    if (changed.length > 0) await sql.query(cutAll, [JSON.stringify(changed)]);
  }
}

/** Cuts them in each form in which they may have been echoed. */
export const withoutWords = (words: string[]) => redactor([{ name: words }], []);
