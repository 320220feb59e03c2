// Reads the file of a bulk operation onto the shelf, part by part; who takes it over goes on where it was.
import type { Road } from "../../delivery/road.ts";
import { type Backfill, save } from "./backfill.ts";
import { CutShort, type Line, linesOf } from "./lines.ts";
import { countRoots, keepLines } from "./shelf.ts";

const AT_ONCE = 500;

export type Read =
  /** All of it is kept. */
  | "whole"
  /** It breaks off. */
  | "cut"
  /** Its address is over. */
  | "over"
  /** It was not to be had just now. */
  | "not now"
  /** The worker is to end. */
  | "stopped";

/** For all of a file; what was read of it by then is kept. */
const LONGEST_MS = 600_000;
const OVER = [400, 403, 404, 410];

interface File {
  /** null: there is nothing in it. */
  url: string | null;
  bytes: number | null;
}

/** @throws Taken */
export async function readFile(
  road: Road,
  backfill: Backfill,
  { url, bytes }: File,
  fetchFile: typeof fetch,
  signal: AbortSignal,
): Promise<Read> {
  if (url === null) return finish(road, backfill);
  const answer = await fetchFile(url, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
  }).catch(() => null);
  if (!answer) return "not now";
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel();
    return OVER.includes(answer.status) ? "over" : "not now";
  }
  const batch: Line[] = [];
  const keep = async () => {
    const lines = batch.splice(0);
    const last = lines.at(-1);
    if (!last) return;
    await road.db.transaction(async (sql) => {
      await save(sql, backfill, { lines: last.line + 1 });
      await keepLines(sql, backfill.id, lines);
    });
  };
  try {
    for await (const line of linesOf(answer.body as unknown as AsyncIterable<Uint8Array>, backfill.lines, bytes)) {
      batch.push(line);
      if (batch.length < AT_ONCE) continue;
      await keep();
      if (signal.aborted) return "stopped";
    }
  } catch (error) {
    if (!(error instanceof CutShort)) throw error;
    await keep();
    return signal.aborted ? "stopped" : "cut";
  }
  await keep();
  return finish(road, backfill);
}

async function finish(road: Road, backfill: Backfill): Promise<Read> {
  const seen = await countRoots(road.db, backfill.id);
  await save(road.db, backfill, { fileRead: true, seen, tries: 0 });
  return "whole";
}
