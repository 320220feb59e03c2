// The single orders behind the figure: what became of each, why, and the way to its proof.
import type { SerializeFrom } from "@remix-run/node";
import { Link as RouteLink } from "@remix-run/react";
import { Badge, Button, Card, Link, Text } from "@shopify/polaris";
import type { OrderOf, OrderPage } from "../../delivery/accuracy/order-list.ts";
import type { Outcome } from "../../delivery/accuracy/orders.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { money } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { Clock } from "../time.tsx";
import { sentence } from "../words.ts";
import { SHOWN, type Shown } from "./show.ts";

interface Props {
  page: SerializeFrom<OrderPage>;
  shown: Shown;
  /** The days, for the addresses. */
  query: string;
  /** This is not the first page. */
  later: boolean;
  deliveredAs: string;
}

export function OrderLines({ page, shown, query, later, deliveredAs }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Orders
        </Text>
        <nav aria-label="Orders shown" className="spans">
          {SHOWN.map(({ show, label }) => (
            <RouteLink
              key={show}
              to={`?${query}&show=${show}`}
              preventScrollReset
              aria-current={show === shown.show ? "true" : undefined}
            >
              {label}
            </RouteLink>
          ))}
        </nav>
        {page.orders.length === 0 && (
          <Text as="p" tone="subdued">
            {later ? "There are no more." : shown.none}
          </Text>
        )}
      </div>
      {page.orders.length > 0 && (
        <table className="lines explained">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">What became of it</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {page.orders.map((order) => (
              <Line key={order.orderId} order={order} deliveredAs={deliveredAs} />
            ))}
          </tbody>
        </table>
      )}
      {(page.next || later) && (
        <div className="more">
          {later && <Button url={`?${query}&show=${shown.show}`}>To the newest</Button>}
          {page.next && <Button url={`?${query}&show=${shown.show}&after=${page.next}`}>Older orders</Button>}
        </div>
      )}
    </Card>
  );
}

function Line({ order, deliveredAs }: { order: SerializeFrom<OrderOf>; deliveredAs: string }) {
  const tell = useReason();
  const { name, worth, placedAt, deliveryId, reason, dismissed } = order;
  const badge = <Became order={order} deliveredAs={deliveredAs} />;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>
          {worth && <span>{money(worth)} · </span>}
          <span>
            <Clock at={placedAt} />
          </span>
        </small>
      </th>
      <td data-label="What became of it">
        {deliveryId ? (
          <Link url={`/app/deliveries/${deliveryId}`} removeUnderline monochrome>
            {badge}
          </Link>
        ) : (
          badge
        )}
        {dismissed && <small>Dismissed</small>}
      </td>
      <td data-label="Why">{reason ? sentence(tell(reason)) : "–"}</td>
    </tr>
  );
}

const STATES: Partial<Record<Outcome, string>> = { sent: "delivered", waiting: "due" };

function Became({ order, deliveredAs }: { order: SerializeFrom<OrderOf>; deliveredAs: string }) {
  const { outcome, alreadyHad } = order;
  if (outcome === "before") return <Badge>Before the connection</Badge>;
  return <DeliveryBadge state={STATES[outcome] ?? outcome} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />;
}
