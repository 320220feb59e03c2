// ShopiPixel's statistics as figures, charts and tables; its documents do not name the metrics, so each is shown by its own name.
import type { Range, Report } from "../destination.ts";
import type { Words } from "../report.ts";
import type { Granularity, Stats } from "./client.ts";
import { because } from "./reasons.ts";

const DAY = 86_400_000;
const MOST_CHARTS = 4;
const A_TIME = /^\d{4}-\d{2}/;

export function granularityOf(range: Range): Granularity {
  const days = (Date.parse(range.to) - Date.parse(range.from)) / DAY + 1;
  if (days <= 2) return "hour";
  if (days <= 92) return "day";
  return days <= 366 ? "week" : "month";
}

/** The metric that counts purchases, by the names that it may have: the documents name none. */
const PURCHASES = /^(purchases|orders)$/i;

export function reportOf(stats: Stats, range: Range): Report {
  const report: Report = { figures: [], charts: [], tables: [], notes: [] };
  const currency = typeof stats.currency === "string" ? stats.currency : "";
  read(stats, [], { ...report, currency });
  if (currency) report.notes.push(because("shopipixel_converted", { currency }));
  return { ...report, charts: report.charts.slice(0, MOST_CHARTS), ...purchasesOf(report, range) };
}

/** By hour they are summed up; weeks and months have no days. */
function purchasesOf({ charts }: Report, range: Range): Pick<Report, "purchases"> {
  const chart = charts.find(({ title }) => typeof title === "string" && PURCHASES.test(title));
  if (!chart || !["hour", "day"].includes(granularityOf(range))) return {};
  const days = new Map<string, number>();
  for (const { label, value } of chart.points) days.set(dayOf(label), (days.get(dayOf(label)) ?? 0) + value);
  const counts = because("shopipixel_figure", { figure: chart.title });
  return {
    purchases: {
      ...{ by: "placed", timeZone: "UTC", zoneTold: false, since: range.from, counts },
      days: [...days].map(([day, count]) => ({ day, count })),
    },
  };
}

const dayOf = (label: Words) => String(label).slice(0, 10);

type Written = Report & { currency: string };
/** What a sum of money may be called: the documents name no metric. */
const MONEY = /revenue|value|amount|sales|turnover|spend|price|\b(aov|ltv)\b/i;
const unitOf = (label: string, { currency }: Written) => (currency && MONEY.test(label) ? { unit: currency } : {});

/** Its documents do not say what a rate is in. */
const helpOf = (label: string) =>
  /\b(rate|ratio|share)\b/i.test(label) ? { help: because("shopipixel_percent_untold") } : {};

function read(value: unknown, path: string[], report: Written): void {
  const label = labelOf(path);
  if (typeof value === "number")
    report.figures.push({ label, value: String(value), ...unitOf(label, report), ...helpOf(label) });
  else if (Array.isArray(value)) readRows(value, path, report);
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) read(inner, [...path, name], report);
  }
}

/** Rows that begin with a time are a chart for each number, others a table. */
function readRows(list: unknown[], path: string[], report: Written): void {
  const rows = list.filter((row): row is Record<string, unknown> => typeof row === "object" && row !== null);
  const first = rows[0];
  if (!first) return;
  const names = Object.keys(first);
  const time = names.find((name) => typeof first[name] === "string" && A_TIME.test(first[name]));
  if (time === undefined) {
    const shown = names.filter((name) => ["string", "number"].includes(typeof first[name]));
    const cells = rows.map((row) => shown.map((name) => String(row[name] ?? "")));
    const columns = shown.map((name) => columnOf(labelOf([name]), report));
    report.tables.push({ title: labelOf(path), columns, rows: cells });
    return;
  }
  for (const name of names.filter((name) => typeof first[name] === "number")) {
    const points = rows.map((row) => ({ label: String(row[time]), value: Number(row[name] ?? 0) }));
    const title = labelOf([name]);
    report.charts.push({ title, kind: "line", ...unitOf(title, report), points });
  }
}

const columnOf = (label: string, report: Written) => {
  const { unit } = unitOf(label, report) as { unit?: string };
  return unit ? `${label} (${unit})` : label;
};

/** "platforms", "meta", "successRate" → "Platforms meta success rate" */
function labelOf(path: string[]): string {
  const words = path
    .filter((name) => name !== "data" && name !== "totals")
    .join(" ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
