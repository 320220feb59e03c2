// A table of a report, as the vendor gave it.
import { Card, Text } from "@shopify/polaris";
import { useZone } from "../time.tsx";
import { cellWords, type ReportTold } from "./values.ts";

type TableData = ReportTold["tables"][number];

/** Longer ones are ids. */
const NUMBER = /^-?\d{1,12}(\.\d+)?( %)?$/;

export function ReportTable({ table }: { table: TableData }) {
  const { title, columns, rows } = table;
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {rows.length === 0 && (
          <Text as="p" tone="subdued">
            Nothing in these days.
          </Text>
        )}
      </div>
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard
        <section className="wide" aria-label={title} tabIndex={0}>
          <Lines columns={columns} rows={rows} />
        </section>
      )}
    </Card>
  );
}

function Lines({ columns, rows }: Pick<TableData, "columns" | "rows">) {
  const numbers = columns.map((_, at) => at > 0 && rows.every((row) => !row[at] || NUMBER.test(row[at])));
  const zone = useZone();
  const shown = (cell: string, at: number) => cellWords(cell, columns[at] ?? "", zone);
  const look = (at: number) => (numbers[at] ? "number" : undefined);
  return (
    <table className="lines">
      <thead>
        <tr>
          {columns.map((column, at) => (
            <th scope="col" key={column} className={look(at)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = "", ...rest], row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a vendor's rows have no key, and are drawn anew as a whole
          <tr key={row}>
            <th scope="row">{shown(first, 0)}</th>
            {rest.map((cell, at) => (
              <td key={columns[at + 1]} data-label={columns[at + 1]} className={look(at + 1)}>
                {shown(cell, at + 1) || "–"}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
