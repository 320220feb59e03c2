// ShopiPixel's statistics as figures, charts and tables; its documents do not name the metrics, so each is shown by its own name.
import type { Range, Report } from "../destination.ts";
import type { Granularity, Stats } from "./client.ts";

const DAY = 86_400_000;
const MOST_CHARTS = 4;
const A_TIME = /^\d{4}-\d{2}/;

export function granularityOf(range: Range): Granularity {
  const days = (Date.parse(range.to) - Date.parse(range.from)) / DAY + 1;
  if (days <= 2) return "hour";
  if (days <= 92) return "day";
  return days <= 366 ? "week" : "month";
}

export function reportOf(stats: Stats): Report {
  const report: Report = { figures: [], charts: [], tables: [], notes: [] };
  read(stats, [], report);
  const { currency } = stats;
  if (typeof currency === "string")
    report.notes.push(`Amounts are in ${currency}, converted by ShopiPixel day by day.`);
  return { ...report, charts: report.charts.slice(0, MOST_CHARTS) };
}

function read(value: unknown, path: string[], report: Report): void {
  if (typeof value === "number") report.figures.push({ label: labelOf(path), value: String(value) });
  else if (Array.isArray(value)) readRows(value, path, report);
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) read(inner, [...path, name], report);
  }
}

/** Rows that begin with a time are a chart for each number, others a table. */
function readRows(list: unknown[], path: string[], report: Report): void {
  const rows = list.filter((row): row is Record<string, unknown> => typeof row === "object" && row !== null);
  const first = rows[0];
  if (!first) return;
  const names = Object.keys(first);
  const time = names.find((name) => typeof first[name] === "string" && A_TIME.test(first[name]));
  if (time === undefined) {
    const shown = names.filter((name) => ["string", "number"].includes(typeof first[name]));
    const cells = rows.map((row) => shown.map((name) => String(row[name] ?? "")));
    report.tables.push({ title: labelOf(path), columns: shown.map((name) => labelOf([name])), rows: cells });
    return;
  }
  for (const name of names.filter((name) => typeof first[name] === "number")) {
    const points = rows.map((row) => ({ label: String(row[time]), value: Number(row[name] ?? 0) }));
    report.charts.push({ title: labelOf([name]), kind: "line", points });
  }
}

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
