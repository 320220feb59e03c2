// Where the points of a chart stand in time: each in its own day or hour of the days asked for, so that a gap is seen as one.
import type { Range } from "../../destinations/destination.ts";

const DAY = 86_400_000;

export interface Places {
  /** How many there are from side to side. */
  count: number;
  /** The place of each point. */
  at: number[];
  /** What is written at the sides. */
  ends: [from: string, to: string];
  /** Are they evenly apart, so that a line between two of them says nothing that the vendor did not? */
  even: boolean;
}

export function placesOf(labels: string[], range: Range): Places {
  const times = labels.map((label) => Date.parse(label));
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const even = gaps.every((gap) => Math.abs(gap - (gaps[0] ?? gap)) <= (gaps[0] ?? 0) * 0.15); // months differ
  const unit = Math.min(DAY, ...gaps);
  const start = Date.parse(range.from);
  const count = Math.round((Date.parse(range.to) + DAY - start) / unit);
  const at = times.map((time) => Math.floor((time - start) / unit));
  const fits = unit > 0 && at.every((place) => place >= 0 && place < count);
  if (fits) return { count, at, ends: [range.from, range.to], even };
  return { count: labels.length, at: labels.map((_, at) => at), ends: [labels[0] ?? "", labels.at(-1) ?? ""], even };
}
