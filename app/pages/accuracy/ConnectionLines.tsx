// The figure for each connection: of the orders of some days, how many were sent, and what became of the others.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import { failed, share } from "../../delivery/accuracy/tally.ts";

interface Props {
  lines: Omit<SerializeFrom<Accuracy>, "days">[];
  /** The days, for the address of a connection's page. */
  query: string;
}

export function ConnectionLines({ lines, query }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Destinations
        </Text>
      </div>
      <table className="lines counts">
        <thead>
          <tr>
            <th scope="col">Destination</th>
            {["Orders", "Sent", "Skipped", "Waiting", "Failed", "Before", "Share"].map((column) => (
              <th scope="col" key={column} className="number">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, name, total }) => (
            <tr key={id}>
              <th scope="row">
                <Link url={`/app/accuracy/${id}?${query}`} removeUnderline>
                  {name}
                </Link>
              </th>
              <Counts of={total} />
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** The cells that a connection and a day have alike. */
export function Counts({ of }: { of: Accuracy["total"] }) {
  const cells: [string, string][] = [
    ["Orders", of.orders.toLocaleString("en")],
    ["Sent", of.sent.toLocaleString("en")],
    ["Skipped", of.skipped.toLocaleString("en")],
    ["Waiting", of.waiting.toLocaleString("en")],
    ["Failed", failed(of).toLocaleString("en")],
    ["Before", of.before.toLocaleString("en")],
    ["Share", share(of) ?? "–"],
  ];
  return cells.map(([label, text]) => (
    <td key={label} data-label={label} className="number">
      {text}
    </td>
  ));
}
