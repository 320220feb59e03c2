// The figure day by day, the newest first; a click on a day shows its orders.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import { timeWords } from "../figures/values.ts";
import { Counts } from "./ConnectionLines.tsx";

export function DayTable({ days }: { days: SerializeFrom<Accuracy>["days"] }) {
  const shown = days.filter(({ orders }) => orders > 0).reverse();
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Day by day
        </Text>
        <Text as="p" tone="subdued">
          {shown.length === 0 ? "No order was placed in these days." : "Days without an order are left out."}
        </Text>
      </div>
      {shown.length > 0 && (
        <table className="lines counts">
          <thead>
            <tr>
              <th scope="col">Day</th>
              {["Orders", "Sent", "Skipped", "Waiting", "Failed", "Before", "Share"].map((column) => (
                <th scope="col" key={column} className="number">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((day) => (
              <tr key={day.day}>
                <th scope="row">
                  <Link url={`?from=${day.day}&to=${day.day}&show=all`} removeUnderline>
                    {timeWords(day.day)}
                  </Link>
                </th>
                <Counts of={day} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
