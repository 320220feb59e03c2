// Orders that grew or shrank later, each with its difference: why the money in Shopify is not the money at the vendor.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { Change, Changes } from "../../delivery/accuracy/changes.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { count, money } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { Clock } from "../time.tsx";
import { sentence } from "../words.ts";

export function ChangeCard({ changes, vendor }: { changes: SerializeFrom<Changes>; vendor: string }) {
  const { newest, sums } = changes;
  if (newest.length === 0) return null;
  const all = sums.reduce((total, one) => total + one.count, 0);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Orders that changed later
        </Text>
        {sums.map((one) => (
          <Text as="p" tone="subdued" key={`${one.kind} ${one.told} ${one.currency}`}>
            {inSum(one, vendor)}
          </Text>
        ))}
      </div>
      <table className="lines explained">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Difference</th>
            <th scope="col">At {vendor}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((change) => (
            <Line key={change.deliveryId} change={change} />
          ))}
        </tbody>
      </table>
      {all > newest.length && (
        <div className="more">
          <Text as="p" tone="subdued">
            These are the newest {newest.length.toLocaleString("en")} of {all.toLocaleString("en")} changes.
          </Text>
        </div>
      )}
    </Card>
  );
}

function inSum({ kind, told, currency, count: number, amount }: Changes["sums"][number], vendor: string): string {
  const by = amount && currency ? ` by ${money({ amount, currency })}` : "";
  const orders = count(number, "change");
  if (kind === "order.raised") return `${orders}: worth more${by}; ${vendor} cannot be told of it.`;
  return `${orders}: worth less${by}; ${vendor} ${told ? "was told" : "was not told"}.`;
}

function Line({ change }: { change: SerializeFrom<Change> }) {
  const tell = useReason();
  const { deliveryId, name, kind, worth, at, state, reason } = change;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>
          <span>
            <Clock at={at} />
          </span>
        </small>
      </th>
      <td data-label="Difference">{worth ? `${kind === "order.raised" ? "+" : "−"} ${money(worth)}` : "not kept"}</td>
      <td data-label="At the vendor">
        <Link url={`/app/deliveries/${deliveryId}`} removeUnderline monochrome>
          <DeliveryBadge state={state} />
        </Link>
        {reason && <small>{sentence(tell(reason))}</small>}
      </td>
    </tr>
  );
}
