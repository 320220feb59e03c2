// The pieces that Tolinku's figures are shown in: columns with their words, bars, and a note where there are none.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Report } from "../destination.ts";
import type { Reason } from "../reasons.ts";
import type { Words } from "../report.ts";
import { because } from "./reasons.ts";
import { planReason } from "./send.ts";

export type Part = Partial<Report>;

const NOBODY = because("tolinku_nobody");

type Campaign = { campaign?: string | null; source?: string | null; medium?: string | null };
export const campaignOf = (it: Campaign): Words[] => [it.campaign, it.source, it.medium].map((part) => part || NOBODY);

type Plain = "product" | "pieces" | "orders" | "campaign" | "source" | "medium" | "conversion" | "share" | "coupon";
type Column = Plain | "month" | "buyers" | "revenue_in" | "average_discount";

/** @param unit what the amounts among them are in. */
export const columns = (unit: Words, ...names: Column[]): Words[] =>
  names.map((name) =>
    name === "revenue_in" || name === "average_discount"
      ? because(`tolinku_${name}`, { unit })
      : because(`tolinku_${name}`),
  );

export function bars<Row extends { revenue: number }>(
  title: Words,
  unit: Words,
  rows: Row[],
  label: (row: Row) => string | null | undefined,
): Part {
  const points = rows.map((row) => ({ label: label(row) || NOBODY, value: row.revenue }));
  return { charts: [{ title, kind: "bars", unit, points }] };
}

export function noteOf(part: Reason, error: unknown): Part {
  if (error instanceof SaidNo)
    return { notes: [because("tolinku_part_closed", { part, why: planReason(error.answer) })] };
  if (error instanceof NotAsDocumented)
    return { notes: [because("tolinku_part_unreadable", { part, words: error.why })] };
  throw error;
}
