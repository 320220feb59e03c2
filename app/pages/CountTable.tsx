// Figures in lines: the first column says what is counted, the others how many.
import type { ReactNode } from "react";
import { useFormats } from "./formats.ts";

interface Props {
  /** For who does not see what stands above it. */
  label?: string;
  first: string;
  columns: readonly string[];
  lines: { key: string; head: ReactNode; counts: (number | string)[] }[];
}

/** A count is written in groups of three; a text as it is. */
export function CountTable({ label, first, columns, lines }: Props) {
  const { number } = useFormats();
  return (
    <table className="lines counts" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {columns.map((column) => (
            <th scope="col" key={column} className="number">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, head, counts }) => (
          <tr key={key}>
            <th scope="row">{head}</th>
            {columns.map((column, at) => (
              <td key={column} data-label={column} className="number">
                {typeof counts[at] === "number" ? number(counts[at]) : counts[at]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
