// A chart of a report: over time as columns or a line, by name as rows; its values can always be read as a table.

import { useTranslation } from "react-i18next";
import type { Range } from "../../destinations/destination.ts";
import { useFormats } from "../formats.ts";
import { useZone } from "../time.tsx";
import { type ChartData, Plot } from "./Plot.tsx";
import { isTime, numberWords, timeWords } from "./values.ts";

export function Chart({ chart, range }: { chart: ChartData; range: Range }) {
  const { t } = useTranslation("figures");
  const { title, points } = chart;
  const overTime = points.length > 0 && points.every(({ label }) => isTime(label));
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      {points.length === 0 && <p className="quiet">{t("chart.nothing")}</p>}
      {overTime && <Plot chart={chart} range={range} />}
      {overTime && (
        <details>
          <summary>{t("chart.values")}</summary>
          <Values chart={chart} drawn={false} />
        </details>
      )}
      {points.length > 0 && !overTime && <Values chart={chart} drawn />}
    </figure>
  );
}

/** @param drawn with a bar beside each value. */
function Values({ chart, drawn }: { chart: ChartData; drawn: boolean }) {
  const { title, unit, points } = chart;
  const zone = useZone();
  const formats = useFormats();
  const most = Math.max(...points.map(({ value }) => value), 0) || 1;
  return (
    <table className="values" aria-label={title}>
      <tbody>
        {points.map(({ label, value }) => (
          <tr key={label}>
            <th scope="row">{timeWords(formats, label, zone)}</th>
            {drawn && (
              <td className="bar" aria-hidden="true">
                {value > 0 && <span style={{ width: `${(value / most) * 100}%` }} />}
              </td>
            )}
            <td>{numberWords(formats, value, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
