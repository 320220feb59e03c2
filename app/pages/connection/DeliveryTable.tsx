// The latest deliveries of a connection, of every kind.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { LatestDelivery } from "../../delivery/ledger/latest-deliveries.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { money } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { kindWords, sentence } from "../words.ts";

interface Props {
  name: string;
  deliveries: SerializeFrom<LatestDelivery>[];
  deliveredAs: string;
  now: string;
}

export function DeliveryTable({ name, deliveries, deliveredAs, now }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Latest deliveries
        </Text>
        {deliveries.length === 0 && (
          <Text as="p" tone="subdued">
            Nothing was owed to {name} yet.
          </Text>
        )}
      </div>
      {deliveries.length > 0 && (
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">About</th>
              <th scope="col">Happened</th>
              <th scope="col">What became of it</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <Line key={delivery.id} {...{ delivery, deliveredAs, now }} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

interface LineProps {
  delivery: Props["deliveries"][number];
  deliveredAs: string;
  now: string;
}

function Line({ delivery, deliveredAs, now }: LineProps) {
  const tell = useReason();
  const { id, kind, about, state, reason, alreadyHad, occurredAt, worth } = delivery;
  return (
    <tr>
      <th scope="row">
        <Link url={`/app/deliveries/${id}`} removeUnderline>
          {kindWords(kind)}
        </Link>
      </th>
      <td data-label="About">
        {about}
        {worth && <small>{money(worth)}</small>}
      </td>
      <td data-label="Happened">
        <Ago at={occurredAt} now={now} />
      </td>
      <td data-label="What became of it">
        <DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />
        {reason && state !== "delivered" && state !== "superseded" && <small>{sentence(tell(reason))}</small>}
      </td>
    </tr>
  );
}
