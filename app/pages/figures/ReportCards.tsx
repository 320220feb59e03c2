// A vendor's report on the page: what one must know of it first, then its figures, charts and tables.
import { Banner, BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Range } from "../../destinations/destination.ts";
import { useFormats } from "../formats.ts";
import { sentence } from "../words.ts";
import { Chart } from "./Chart.tsx";
import { ReportTable } from "./ReportTable.tsx";
import { figureWords, type ReportTold } from "./values.ts";

export function ReportCards({ report, range }: { report: ReportTold; range: Range }) {
  const { t } = useTranslation("figures");
  const { figures, charts, tables, notes } = report;
  return (
    <BlockStack gap="400">
      {notes.length > 0 && <Notes notes={notes} />}
      {figures.length > 0 && <Figures figures={figures} />}
      {charts.length > 0 && (
        <div className="charts">
          {charts.map((chart) => (
            <Card key={chart.title}>
              <Chart chart={chart} range={range} />
            </Card>
          ))}
        </div>
      )}
      {tables.map((table) => (
        <ReportTable key={table.title} table={table} />
      ))}
      {figures.length + charts.length + tables.length === 0 && (
        <Card>
          <Text as="p">{t("none")}</Text>
        </Card>
      )}
    </BlockStack>
  );
}

function Notes({ notes }: { notes: string[] }) {
  const [only] = notes;
  return (
    <Banner tone="info">
      {notes.length === 1 && only ? (
        <p>{sentence(only)}</p>
      ) : (
        <ul className="notes">
          {notes.map((note) => (
            <li key={note}>{sentence(note)}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

function Figures({ figures }: Pick<ReportTold, "figures">) {
  const formats = useFormats();
  return (
    <dl className="figures">
      {figures.map(({ label, value, unit: of, help }) => {
        const [words, unit] = figureWords(formats, value, of);
        return (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="figure">
              {words} {unit && <small>{unit}</small>}
            </dd>
            {help && <dd className="quiet">{sentence(help)}</dd>}
          </div>
        );
      })}
    </dl>
  );
}
