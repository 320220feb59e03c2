// A vendor's own figures for a connection: fetched when somebody looks, kept for some minutes, never on the lane's time.
import { SaidNo } from "../../destinations/answer.ts";
import type { Range, Report } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import type { Road } from "../road.ts";
import { findConnection } from "./connections.ts";
import { type OpenConnection, openConnection } from "./open-connection.ts";

export type Reported =
  | { is: "report"; report: Report; fetchedAt: Date }
  /** The vendor has no such calls. */
  | { is: "none" }
  /** It could not be had now; `says` is a sentence with the vendor's own words. */
  | { is: "failed"; says: string };

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 500;
/** From this share on the vendor very likely hears the same orders from somebody else too. */
const HIGH_SHARE = 0.2;
const ENOUGH = 10;

const kept = new Map<string, { reported: Reported; until: number }>();

/** @returns null where the shop has no such connection. */
export async function vendorReport(road: Road, shop: string, id: string, range: Range): Promise<Reported | null> {
  const found = await findConnection(road, shop, id);
  const connection = found && (await openConnection(road, found.id));
  if (!connection) return null;
  if (!connection.sheet.report) return { is: "none" };
  const now = road.clock().getTime();
  const name = `${id} ${connection.budgetKey} ${range.from} ${range.to}`;
  const known = kept.get(name);
  if (known && known.until > now) return known.reported;
  const reported = await ask(road, connection, range);
  if (reported.is === "report") keep(name, reported, now);
  return reported;
}

function keep(name: string, reported: Reported, now: number): void {
  for (const [other, { until }] of kept) if (until <= now || kept.size >= MOST_KEPT) kept.delete(other);
  kept.set(name, { reported, until: now + KEPT_MS });
}

async function ask(road: Road, connection: OpenConnection, range: Range): Promise<Reported> {
  const { sheet, settings, pacedHttp } = connection;
  try {
    const report = await sheet.report?.(range, settings, pacedHttp);
    if (!report) return { is: "none" };
    return { is: "report", report: await withOurOwn(road, connection, report), fetchedAt: road.clock() };
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo) {
      return { is: "failed", says: `${sheet.name} did not give its figures: ${error.message}` };
    }
    throw error;
  }
}

/** How much of what we sent the vendor had already: a high share means that its own app counts the same orders. */
async function withOurOwn(road: Road, connection: OpenConnection, report: Report): Promise<Report> {
  if (!connection.sheet.ownApp) return report;
  const [row] = await road.db.query<{ delivered: number; had: number }>(
    `SELECT count(*)::int AS delivered, count(*) FILTER (WHERE already_had)::int AS had FROM delivery
     WHERE connection_id = $1 AND state = 'delivered' AND worth IS NOT NULL`,
    [connection.id],
  );
  if (!row || row.delivered === 0) return report;
  const share = row.had / row.delivered;
  const { name } = connection.sheet;
  const note = `${name} had ${row.had} of our ${row.delivered} purchases already: its own Shopify app very likely counts the same orders. Switch the purchases off here, or there.`;
  return {
    ...report,
    figures: [
      ...report.figures,
      {
        label: "Already had it",
        value: `${Math.round(share * 100)} %`,
        help: `Purchases that ${name} knew before we sent them first`,
      },
    ],
    notes: share >= HIGH_SHARE && row.delivered >= ENOUGH ? [note, ...report.notes] : report.notes,
  };
}
