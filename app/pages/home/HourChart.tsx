// The last 24 hours, hour by hour: what was delivered, and on top what ended without arriving. The same as a table behind it.
import { Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Hour } from "../../delivery/ledger/day.ts";
import { type Scale, scaleOf } from "../figures/scale.ts";
import { useFormats } from "../formats.ts";
import { useZone } from "../time.tsx";

export function HourChart({ hours }: { hours: Hour[] }) {
  const { t } = useTranslation("home");
  const sum = (of: (hour: Hour) => number) => hours.reduce((all, one) => all + of(one), 0);
  const some = sum(({ delivered, lost }) => delivered + lost) > 0;
  return (
    <Card>
      <figure className="chart">
        <figcaption>
          <Text as="h2" variant="headingMd">
            {t("chart.title")}
          </Text>
        </figcaption>
        {some ? <Drawn hours={hours} /> : <p className="quiet">{t("chart.none")}</p>}
        {some && <Legend lost={sum(({ lost }) => lost) > 0} />}
        {some && (
          <details>
            <summary>{t("chart.table")}</summary>
            <Values hours={hours} />
          </details>
        )}
      </figure>
    </Card>
  );
}

function Drawn({ hours }: { hours: Hour[] }) {
  const { number, hour } = useFormats();
  const zone = useZone();
  const scale = scaleOf(hours.map(({ delivered, lost }) => delivered + lost));
  const ends = [hours[0], hours[Math.floor(hours.length / 2)], hours.at(-1)].flatMap((one) => one ?? []);
  return (
    <div className="plot">
      <ul className="plot-scale" aria-hidden="true">
        {scale.lines.map((line) => (
          <li key={line} style={{ top: `${scale.y(line)}%` }}>
            {number(line)}
          </li>
        ))}
      </ul>
      <Columns hours={hours} scale={scale} />
      <p className="plot-days" aria-hidden="true">
        {ends.map(({ at }) => (
          <span key={at}>{hour(zone, at)}</span>
        ))}
      </p>
    </div>
  );
}

function Columns({ hours, scale }: { hours: Hour[]; scale: Scale }) {
  const { t } = useTranslation("home");
  const { hour } = useFormats();
  const zone = useZone();
  const wide = 100 / hours.length;
  const all = (of: (hour: Hour) => number) => hours.reduce((sum, one) => sum + of(one), 0);
  const most = hours.reduce((a, b) => (b.delivered > a.delivered ? b : a));
  const summary = t("chart.summary", {
    ...{ delivered: all(({ delivered }) => delivered), lost: all(({ lost }) => lost) },
    ...{ most: most.delivered, hour: hour(zone, most.at) },
  });
  const zero = scale.y(0);
  return (
    <svg role="img" aria-label={summary} viewBox="0 0 100 100" preserveAspectRatio="none">
      {scale.lines.map((line) => (
        <line key={line} className="plot-line" x1="0" x2="100" y1={scale.y(line)} y2={scale.y(line)} />
      ))}
      {hours.map(({ at, delivered, lost }, place) => {
        const x = (place + 0.15) * wide;
        const [top, above] = [scale.y(delivered), scale.y(delivered + lost)];
        return (
          <g key={at}>
            <rect className="plot-column" x={x} width={wide * 0.7} y={top} height={zero - top} />
            <rect className="plot-lost" x={x} width={wide * 0.7} y={above} height={top - above} />
            <rect className="plot-touch" x={place * wide} width={wide} y="0" height="100">
              <title>{t("chart.touch", { hour: hour(zone, at), delivered, lost })}</title>
            </rect>
          </g>
        );
      })}
    </svg>
  );
}

/** By a shape too, not by colour alone: the lost ones stand on top, and the table tells them apart. */
function Legend({ lost }: { lost: boolean }) {
  const { t } = useTranslation("home");
  return (
    <ul className="legend">
      <li className="legend-delivered">{t("chart.delivered")}</li>
      {lost && <li className="legend-lost">{t("chart.lost")}</li>}
    </ul>
  );
}

function Values({ hours }: { hours: Hour[] }) {
  const { t } = useTranslation("home");
  const { number, hour } = useFormats();
  const zone = useZone();
  return (
    <table className="values hours" aria-label={t("chart.title")}>
      <thead>
        <tr>
          <th scope="col">{t("chart.hour")}</th>
          <th scope="col">{t("chart.delivered")}</th>
          <th scope="col">{t("chart.lost")}</th>
        </tr>
      </thead>
      <tbody>
        {hours.map(({ at, delivered, lost }) => (
          <tr key={at}>
            <th scope="row">{hour(zone, at)}</th>
            <td>{number(delivered)}</td>
            <td>{number(lost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
