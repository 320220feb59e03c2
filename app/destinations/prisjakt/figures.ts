// Prisjakt's own figures: the purchases that it attributes to its clicks, by day and one by one.
import { zoneOf } from "../../events/places.ts";
import { SaidNo } from "../answer.ts";
import type { Range, Report } from "../destination.ts";
import type { Reason } from "../reasons.ts";
import { type Access, mayRead } from "./access.ts";
import { eachConversions, type Interval, summaryOf } from "./client.ts";
import { because } from "./reasons.ts";
import type { Conversion, Summary } from "./shapes.ts";

const DAY = 86_400_000;
const MOST_DAYS = 60;

export async function report(range: Range, pixelId: string, access: Access): Promise<Report> {
  if (!mayRead(access)) return empty([because("prisjakt_figures_closed")]);
  const { interval, cut } = intervalOf(range);
  const summary = await summaryOf(pixelId, interval, access);
  const report: Report = {
    ...empty(cut ? [because("prisjakt_figures_cut")] : []),
  };
  showSummary(summary, report);
  report.purchases = purchasesOf(summary, interval);
  try {
    const { value } = await eachConversions(pixelId, interval, access).next();
    if (value) report.tables.push(tableOf(value));
  } catch (error) {
    if (!(error instanceof SaidNo)) throw error;
    report.notes.push(because("prisjakt_conversions_ungiven", { words: error.message }));
  }
  return report;
}

function intervalOf({ from, to }: Range): { interval: Interval; cut: boolean } {
  const earliest = new Date(Date.parse(to) - (MOST_DAYS - 1) * DAY).toISOString().slice(0, 10);
  const cut = from < earliest;
  return { interval: { from: `${cut ? earliest : from}T00:00:00Z`, to: `${to}T23:59:59Z` }, cut };
}

function showSummary({ summaries, per_day }: Summary, report: Report): void {
  for (const { currency, number_of_events, total_amount } of summaries) {
    report.figures.push({ label: because("prisjakt_purchases", { currency }), value: String(number_of_events) });
    report.figures.push({
      label: because("prisjakt_value", { currency }),
      value: String(total_amount),
      unit: currency,
    });
    const days = per_day.filter((day) => day.currency === currency).sort((a, b) => a.date.localeCompare(b.date));
    report.charts.push({
      title: because("prisjakt_value_by_day", { currency }),
      kind: "bars",
      unit: currency,
      points: days.map((day) => ({ label: day.date, value: day.total_amount })),
    });
  }
}

const ENDS = because("prisjakt_day_ends");

/** Its days are those of a zone that it names with each. */
function purchasesOf({ per_day }: Summary, { from }: Interval): Report["purchases"] {
  const days = new Map<string, number>();
  for (const { date, number_of_events } of per_day) days.set(date, (days.get(date) ?? 0) + number_of_events);
  const zone = zoneOf(per_day.find(({ time_zone }) => time_zone)?.time_zone);
  return {
    by: "placed",
    timeZone: zone ?? "UTC",
    zoneTold: zone !== null,
    since: from.slice(0, 10),
    ...(zone && zone !== "UTC" ? { counts: ENDS } : {}),
    days: [...days].map(([day, count]) => ({ day, count })).sort((a, b) => a.day.localeCompare(b.day)),
  };
}

const COLUMNS = ["bought", "purchase", "amount", "items", "product", "clicked"] as const;

function tableOf(conversions: Conversion[]): Report["tables"][number] {
  return {
    title: because("prisjakt_conversions"),
    columns: COLUMNS.map((one) => because(`prisjakt_${one}`)),
    rows: conversions.map(({ purchase, forwarding }) => [
      purchase.timestamp,
      purchase.id,
      `${purchase.amount} ${purchase.currency}`,
      String(purchase.numberOfItems ?? ""),
      forwarding.product?.name ?? "",
      forwarding.timestamp ?? "",
    ]),
  };
}

const empty = (notes: Reason[]): Report => ({ figures: [], charts: [], tables: [], notes });
