// Columns or a line over time. The drawing stretches with the page and the words beside it do not, so they stay legible on a phone.
import type { Range } from "../../destinations/destination.ts";
import { useZone } from "../time.tsx";
import { type Places, placesOf } from "./places.ts";
import { type Scale, scaleOf } from "./scale.ts";
import { numberWords, type ReportTold, timeWords } from "./values.ts";

export type ChartData = ReportTold["charts"][number];

export function Plot({ chart, range }: { chart: ChartData; range: Range }) {
  const { kind, points, unit } = chart;
  const zone = useZone();
  const scale = scaleOf(points.map(({ value }) => value));
  const places = placesOf(
    points.map(({ label }) => label),
    range,
  );
  const wide = 100 / places.count;
  const Shape = kind === "line" && points.length > 1 && places.even ? Line : Columns;
  return (
    <div className="plot">
      <ul className="plot-scale" aria-hidden="true">
        {scale.lines.map((line) => (
          <li key={line} style={{ top: `${scale.y(line)}%` }}>
            {numberWords(line)}
          </li>
        ))}
      </ul>
      <svg role="img" aria-label={inWords(chart, zone)} viewBox="0 0 100 100" preserveAspectRatio="none">
        {scale.lines.map((line) => (
          <line key={line} className="plot-line" x1="0" x2="100" y1={scale.y(line)} y2={scale.y(line)} />
        ))}
        <Shape {...{ points, scale, places, wide }} />
        {points.map(({ label, value }, at) => (
          <rect key={label} className="plot-touch" x={(places.at[at] ?? 0) * wide} width={wide} y="0" height="100">
            <title>{`${timeWords(label, zone)}: ${numberWords(value, unit)}`}</title>
          </rect>
        ))}
      </svg>
      <p className="plot-days" aria-hidden="true">
        {[...new Set(places.ends)].map((end) => (
          <span key={end}>{timeWords(end, zone)}</span>
        ))}
      </p>
    </div>
  );
}

interface Drawn {
  points: ChartData["points"];
  scale: Scale;
  places: Places;
  /** Of one place. */
  wide: number;
}

function Columns({ points, scale, places, wide }: Drawn) {
  const zero = scale.y(0);
  return points.map(({ label, value }, at) => (
    <rect
      key={label}
      className="plot-column"
      x={((places.at[at] ?? 0) + 0.15) * wide}
      width={wide * 0.7}
      y={Math.min(scale.y(value), zero)}
      height={Math.abs(scale.y(value) - zero)}
    />
  ));
}

function Line({ points, scale, places, wide }: Drawn) {
  const corners = points.map(({ value }, at) => `${((places.at[at] ?? 0) + 0.5) * wide},${scale.y(value)}`);
  return <polyline className="plot-curve" points={corners.join(" ")} />;
}

/** "Orders by day: 30 values, from 0 to 12 on 3 Nov 2026." */
function inWords({ title, unit, points }: ChartData, zone: string): string {
  const sorted = points.toSorted((a, b) => a.value - b.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return title;
  const from = `from ${numberWords(least.value, unit)} to ${numberWords(most.value, unit)} on ${timeWords(most.label, zone)}`;
  return `${title}: ${points.length} ${points.length === 1 ? "value" : "values"}, ${from}.`;
}
