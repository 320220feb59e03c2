// The figure day by day, the newest first; a click on a day shows its orders.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { COLUMNS, countsOf } from "./ConnectionLines.tsx";

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
        <CountTable
          first="Day"
          columns={COLUMNS}
          lines={shown.map((day) => ({
            key: day.day,
            head: (
              <Link url={`?from=${day.day}&to=${day.day}&show=all`} removeUnderline>
                {timeWords(day.day)}
              </Link>
            ),
            counts: countsOf(day),
          }))}
        />
      )}
    </Card>
  );
}
