// The figure for each connection: of the orders of some days, how many were sent, and what became of the others.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import { failed, share } from "../../delivery/accuracy/tally.ts";
import { CountTable } from "../CountTable.tsx";

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
      <CountTable
        first="Destination"
        columns={COLUMNS}
        lines={lines.map(({ id, name, total }) => ({
          key: id,
          head: (
            <Link url={`/app/accuracy/${id}?${query}`} removeUnderline>
              {name}
            </Link>
          ),
          counts: countsOf(total),
        }))}
      />
    </Card>
  );
}

/** What a connection and a day are counted by. */
export const COLUMNS = ["Orders", "Sent", "Skipped", "Waiting", "Failed", "Before", "Share"];
export const countsOf = (of: Accuracy["total"]): (number | string)[] => [
  ...[of.orders, of.sent, of.skipped, of.waiting, failed(of), of.before],
  share(of) ?? "–",
];
