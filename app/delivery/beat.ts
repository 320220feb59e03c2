// A worker's beat: a row that says that it lives. A connection's name would not: behind a pooler it outlives the worker.

import { randomUUID } from "node:crypto";
import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";

const EVERY_MS = 4_000;
/** A worker that is busy, or whose database is, may be late by some beats. */
const FRESH = "interval '15 seconds'";

/** SQL: does a worker live? */
export const BEATS = `EXISTS (SELECT 1 FROM beat WHERE at > clock_timestamp() - ${FRESH})`;

const BEAT = statement<never, [process: string]>("beat")`
  WITH dead AS (DELETE FROM beat WHERE at < clock_timestamp() - interval '1 hour' AND process <> $1)
  INSERT INTO beat (process, at)
  VALUES ($1, clock_timestamp())
  ON CONFLICT (process) DO UPDATE SET at = excluded.at`;
const LAST_BEAT = statement<never, [process: string]>("end-beat")`
  DELETE FROM beat
  WHERE process = $1`;

/** @param failed hears why a beat was not written; the next one comes. @returns what ends it. */
export function openBeat(sql: Sql, failed: (error: Error) => void): () => Promise<void> {
  const process = randomUUID();
  const write = () => sql.query(BEAT, [process]);
  let last: Promise<unknown> = Promise.resolve();
  const beat = () => {
    last = write().catch(failed);
  };
  beat();
  const beating = setInterval(beat, EVERY_MS);
  return async () => {
    clearInterval(beating);
    await last;
    await sql.query(LAST_BEAT, [process]);
  };
}
