// Where a value stands in a chart: from the lowest line to the highest, both round numbers, zero among them.

export interface Scale {
  /** From the highest line down. */
  lines: number[];
  /** In percent of the height, from the top. */
  y(value: number): number;
}

const STEPS = [1, 2, 2.5, 5, 10];
const LINES = 4;

export function scaleOf(values: number[]): Scale {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const round = roundStep((most - least) / LINES || 1);
  const step = values.every(Number.isInteger) ? Math.ceil(round) : round; // there is no half order
  const high = Math.ceil(most / step) * step || (least < 0 ? 0 : step);
  const low = Math.floor(least / step) * step;
  const count = Math.round((high - low) / step);
  return {
    lines: Array.from({ length: count + 1 }, (_, at) => high - at * step),
    y: (value) => ((high - value) / (high - low)) * 100,
  };
}

/** The next of 1, 2, 2.5, 5 × 10ⁿ that is not smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least) ?? 10);
}
