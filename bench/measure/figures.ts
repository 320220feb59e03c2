// What a measurement says: a line of JSON for each figure with its single runs, and the ratios at its end.
import { once } from "node:events";

const ratios: Record<string, number> = {};

export const say = (line: Record<string, unknown>) => console.log(JSON.stringify(line));

/** The middle one. */
export function median(all: number[]): number {
  const sorted = all.toSorted((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((below ?? Number.NaN) + (above ?? Number.NaN)) / 2;
}

/** So much of them is at most that. */
export const percentile = (all: number[], part: number) =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))] ?? Number.NaN;

/** Three digits that count. */
export const rounded = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value);

/** A figure that stands for itself. @param runs each by its name, or what it was made of. */
export function tell(figure: string, value: number, runs: Record<string, unknown>): void {
  ratios[figure] = rounded(value);
  say({ figure, value: rounded(value), ...runs });
}

/** The median of one over the median of the other. */
export function tellRatio(figure: string, runs: Record<string, number[]>, [over, under]: [string, string]): void {
  const medians = Object.fromEntries(Object.entries(runs).map(([what, all]) => [what, rounded(median(all))]));
  const value = median(runs[over] ?? []) / median(runs[under] ?? []);
  const single = Object.fromEntries(Object.entries(runs).map(([what, all]) => [what, all.map(rounded)]));
  tell(figure, value, { medians, runs: single });
}

/** Runs all of them in turns, so that what else the machine does falls on each alike. */
export async function alternate<What extends string, Figures>(
  turns: number,
  contenders: Record<What, () => Promise<Figures>>,
): Promise<Record<What, Figures[]>> {
  const all = Object.entries(contenders) as [What, () => Promise<Figures>][];
  const runs = Object.fromEntries(all.map(([what]) => [what, [] as Figures[]])) as Record<What, Figures[]>;
  for (let turn = 0; turn < turns; turn += 1) for (const [what, measure] of all) runs[what].push(await measure());
  return runs;
}

/** What was made ready beside another measurement is measured once that is over. */
export async function ownTurn(): Promise<void> {
  if (!process.send) return;
  process.send("ready");
  await once(process, "message");
}

/** The last line. Sockets and pools that idle do not keep the measurement. */
export function done(): never {
  say({ ratios });
  process.exit(0);
}

/** BENCH_QUICK=yes is for a look at whether it runs: its figures say nothing. */
export const size = (full: number, quick: number) => (process.env.BENCH_QUICK ? quick : full);
