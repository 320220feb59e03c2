// The sum of some days at one connection: where each order stands, in orders and in money, so that it can be added up.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, Text } from "@shopify/polaris";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import type { Outcome } from "../../delivery/accuracy/orders.ts";
import { owed, share } from "../../delivery/accuracy/tally.ts";
import { count, money } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

const ROWS: { outcome: Outcome; label: string; always?: true }[] = [
  { outcome: "sent", label: "Sent", always: true },
  { outcome: "skipped", label: "Rightly skipped", always: true },
  { outcome: "waiting", label: "Waiting", always: true },
  { outcome: "refused", label: "Failed: refused" },
  { outcome: "expired", label: "Failed: expired" },
  { outcome: "unknown", label: "Failed: unknown whether it arrived" },
  { outcome: "before", label: "Placed before the connection was made" },
];

export function SumCard({ of, vendor }: { of: Omit<SerializeFrom<Accuracy>, "days">; vendor: string }) {
  const { total, money: worth, skipped } = of;
  const tell = useReason();
  const amount = (of: string) => (worth.currency ? money({ amount: of, currency: worth.currency }) : "–");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {headline(of)}
        </Text>
        <table className="values sums" aria-label="What became of the orders">
          <tbody>
            {ROWS.filter(({ outcome, always }) => always || total[outcome] > 0).map(({ outcome, label }) => (
              <tr key={outcome}>
                <th scope="row">
                  {label}
                  {outcome === "sent" && total.had > 0 && (
                    <small className="quiet">
                      {vendor} had {total.had.toLocaleString("en")} of them already
                    </small>
                  )}
                  {outcome === "skipped" &&
                    skipped.map(({ says, orders }) => (
                      <small key={tell(says)} className="quiet">
                        {orders.toLocaleString("en")}: {sentence(tell(says))}
                      </small>
                    ))}
                </th>
                <td>{total[outcome].toLocaleString("en")}</td>
                <td>{amount(worth.by[outcome])}</td>
              </tr>
            ))}
            <tr className="sum">
              <th scope="row">Orders known to Switchyard</th>
              <td>{total.orders.toLocaleString("en")}</td>
              <td>{amount(worth.orders)}</td>
            </tr>
          </tbody>
        </table>
        {notes(of).map((note) => (
          <Text as="p" tone="subdued" key={note}>
            {note}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}

/** "99.5 % were sent: 199 of 200 orders." */
function headline({ total }: Pick<Accuracy, "total">): string {
  const percent = share(total);
  if (percent === null) return total.orders === 0 ? "No order was placed in these days" : "No order was to be sent";
  return `${percent} sent: ${total.sent.toLocaleString("en")} of ${count(owed(total), "order")} that were to be sent`;
}

function notes({ money: worth }: Pick<SerializeFrom<Accuracy>, "money">): string[] {
  const apart = worth.apart.map(({ currency, orders }) => `${count(orders, "order")} in ${currency}`).join(", ");
  return [
    apart && `Amounts are in ${worth.currency} only. Counted as orders, but in no amount: ${apart}.`,
    worth.unknown > 0 ? `The amount of ${count(worth.unknown, "order")} is not kept any more.` : "",
  ].filter(Boolean);
}
