// The book of customers/data_request: what is held about a person is gathered into a file, sealed, which the merchant can download for thirty days.
import { gunzipSync, gzipSync } from "node:zlib";
import { stringify } from "lossless-json";
import { statement, type ValuesOf } from "../../base/statement.ts";
import { LOCK_FILES } from "../erasure/files.ts";
import { aboutOf, type Named, NOBODY_NAMED, personNamed } from "../erasure/named.ts";
import { findPerson, keysOf, type Person } from "../erasure/person.ts";
import { domainNow } from "../identity/names.ts";
import type { Road } from "../road.ts";
import { type Counts, holdingsOf } from "./holdings.ts";

/** So long the file can be downloaded. */
const FILE_MS = 30 * 86_400_000;

export interface DataRequestLine {
  id: string;
  /** null: nobody was named by an id. */
  customerId: string | null;
  nobody: boolean;
  askedAt: Date;
  doneAt: Date;
  holds: Counts | null;
  /** Until when the file can be downloaded; null: there is none any more, or never was. */
  until: Date | null;
  erasedAt: Date | null;
}

const CUSTOMER = `substring(about FROM '^customer:(.*)')`;
const NEWEST = statement<DataRequestLine, [shop: string, now: Date]>("data-requests-of-shop")`
  SELECT id, ${CUSTOMER} AS "customerId", about = '${NOBODY_NAMED}' AS nobody, asked_at AS "askedAt",
    done_at AS "doneAt", nullif(holds, '{}') AS holds,
    CASE WHEN file IS NOT NULL AND until > $2 THEN until END AS until, erased_at AS "erasedAt"
  FROM data_request
  WHERE shop = $1
  ORDER BY asked_at DESC, id DESC
  LIMIT 100`;

/** The newest first. */
export const dataRequests = (road: Road, shop: string): Promise<DataRequestLine[]> =>
  road.db.query(NEWEST, [shop, road.clock()]);

export const fileContext = (shop: string) => `data request:${shop}`;

const WRITE = statement<
  never,
  [
    shop: string,
    webhookId: string,
    about: string,
    persons: string[] | null,
    askedAt: Date,
    now: Date,
    file: string | null,
    holds: string,
    until: Date,
  ]
>("write-data-request")`
  INSERT INTO data_request (shop, webhook_id, about, persons, asked_at, done_at, file, holds, until)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (webhook_id) DO NOTHING`;

/** Can be done again: what was written down stays. Nobody named is written down too. */
export async function answerDataRequest(
  road: Road,
  shop: string,
  webhook: { id: string; receivedAt: Date },
  named: Named,
): Promise<void> {
  const now = road.clock();
  const until = new Date(now.getTime() + FILE_MS);
  const about = aboutOf(road, shop, named);
  const row = (persons: string[] | null, file: string | null, holds: string): ValuesOf<typeof WRITE> => [
    ...([shop, webhook.id, about ?? NOBODY_NAMED, persons, webhook.receivedAt, now, file, holds, until] as const),
  ];
  if (!about) {
    await road.db.query(WRITE, row(null, null, "{}"));
    return;
  }
  await road.db.transaction(async (sql) => {
    await sql.query(LOCK_FILES, [shop]);
    const { person, askedPhones } = personNamed(named, "shopify");
    // Who shares a number with others is handed nothing of theirs.
    const byPhone = askedPhones.length > 0;
    const found = await findPerson(sql, shop, byPhone ? person : { ...person, phones: [] }, askedPhones, byPhone);
    const of = { shop, whole: found, byPhone, heardUpTo: (BigInt(webhook.id) - 1n).toString() };
    const { counts, holdings } = await holdingsOf(road, sql, of);
    const name = await domainNow(sql, shop);
    const sealed = road.keys.seal(packed({ shop: name, madeAt: now, about: ABOUT, ...holdings }), fileContext(shop));
    await sql.query(WRITE, row(keysFor(found), sealed, JSON.stringify(counts)));
  });
}

/** A number finds the file where nothing else does: it may be a household's. */
const keysFor = ({ customers, emails, phones }: Person) =>
  keysOf({ customers, emails, phones: customers.length + emails.length > 0 ? [] : phones });

const ABOUT =
  'All that Switchyard holds about this person. Under "happened" stands what they did in the shop, and with each event whom it was told: the messages are as they would be made of it today. Under "webhooks" are Shopify\'s own words, as far as they are still kept.';

const packed = (file: object) => gzipSync(stringify(file, undefined, 1) ?? "").toString("base64");

const FILE = statement<{ about: string; file: string }, [shop: string, id: string, now: Date]>("file-of-data-request")`
  SELECT about, file
  FROM data_request
  WHERE shop = $1 AND id = $2 AND file IS NOT NULL AND until > $3`;

/** @returns the file as JSON, and whom it is about; null where there is none, or its time is over. */
export async function dataFile(road: Road, shop: string, id: string): Promise<{ about: string; json: string } | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [row] = await road.db.query(FILE, [shop, id, road.clock()]);
  if (!row) return null;
  const json = gunzipSync(Buffer.from(road.keys.open(row.file, fileContext(shop)), "base64")).toString("utf8");
  return { about: row.about, json };
}
