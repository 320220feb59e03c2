// A vendor's own figures for a connection: fetched when somebody looks, kept for some minutes, never on the lane's time.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { SaidNo } from "../../destinations/answer.ts";
import type { Range, Report } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { findConnection } from "./connections.ts";
import { type OpenConnection, openConnection } from "./open-connection.ts";
import { overlapOf, type Purchases } from "./overlap.ts";

export type Reported =
  | { is: "report"; report: Report; fetchedAt: Date }
  /** The vendor has no such calls. */
  | { is: "none" }
  /** It could not be had now; `says` has the vendor's own words. */
  | { is: "failed"; says: Reason };

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 500;

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
  const reported = known && known.until > now ? known.reported : await fetchReport(road, connection, range);
  if (reported.is !== "report") return reported;
  if (reported !== known?.reported) keep(name, reported, now);
  return { ...reported, report: await withOurOwn(road, connection, reported.report) };
}

function keep(name: string, reported: Reported, now: number): void {
  for (const [other, { until }] of kept) if (until <= now || kept.size >= MOST_KEPT) kept.delete(other);
  kept.set(name, { reported, until: now + KEPT_MS });
}

async function fetchReport(
  road: Road,
  { sheet, settings, pacedHttp }: OpenConnection,
  range: Range,
): Promise<Reported> {
  try {
    const report = await sheet.report?.(range, settings, pacedHttp);
    return report ? { is: "report", report, fetchedAt: road.clock() } : { is: "none" };
  } catch (error) {
    if (error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo) {
      return {
        is: "failed",
        says: because("no_figures", { vendor: sheet.name, words: error.why }),
      };
    }
    throw error;
  }
}

const COUNTED = statement<Purchases, [id: string]>("purchases-delivered")`
  SELECT purchases::float8 AS purchases, had::float8 AS had
  FROM delivery_count
  WHERE connection_id = $1 AND state = 'delivered'`;

/** Beside the vendor's figures, how much of what we sent it had already. */
async function withOurOwn(road: Road, { id, sheet, rules }: OpenConnection, report: Report): Promise<Report> {
  const [counted] = await road.db.query(COUNTED, [id]);
  const overlap = counted && overlapOf(sheet, rules, counted);
  if (!overlap) return report;
  const figure = {
    label: because("figure_had"),
    value: `${overlap.percent} %`,
    help: because("figure_had_means", { vendor: sheet.name }),
  };
  return {
    ...report,
    figures: [...report.figures, figure],
    notes: overlap.says ? [overlap.says, ...report.notes] : report.notes,
  };
}
