// A share in percent, rounded down to a tenth: only all is 100 %.
import { numberFormat } from "../../base/formats.ts";

/** @returns null: nothing ended. */
export function shareOf({ delivered, lost }: { delivered: number; lost: number }, language: string): string | null {
  const all = delivered + lost;
  if (all === 0) return null;
  const format = numberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  return format.format(Math.floor((delivered * 1000) / all) / 1000);
}
