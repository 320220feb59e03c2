// The latest orders, and what became of each at every vendor.
import { Badge, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { money } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { type Order, type OrderDelivery, telling } from "./telling.ts";

interface Column {
  /** Of its connection. */
  id: string;
  name: string;
  deliveredAs: string;
}
interface Props {
  title: string;
  /** Said where there are no orders. */
  none: string;
  orders: Order[];
  columns: Column[];
  now: string;
  /** Shows older ones too; null: there are none. */
  more: { show: () => void; loading: boolean } | null;
}

export function OrderTable({ title, none, orders, columns, now, more }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {orders.length === 0 && (
          <Text as="p" tone="subdued">
            {none}
          </Text>
        )}
      </div>
      {orders.length > 0 && <Lines {...{ orders, columns, now }} />}
      {more && (
        <div className="more">
          <Button onClick={more.show} loading={more.loading}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}

function Lines({ orders, columns, now }: Pick<Props, "orders" | "columns" | "now">) {
  return (
    <table className="lines orders">
      <thead>
        <tr>
          <th scope="col">Order</th>
          {columns.map((column) => (
            <th scope="col" key={column.id}>
              <Name name={column.name} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <Line key={order.orderId} order={order} columns={columns} now={now} />
        ))}
      </tbody>
    </table>
  );
}

/** In a narrow column "alana.shopping" breaks at its point. */
const Name = ({ name }: { name: string }) =>
  name.split(/(?<=\.)/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ));

function Line({ order, columns, now }: { order: Order; columns: Column[]; now: string }) {
  return (
    <tr>
      <th scope="row">
        <InlineStack gap="200" blockAlign="center">
          <span>{order.name}</span>
          {order.test && <Badge>Test</Badge>}
        </InlineStack>
        <small>
          {order.worth && <span>{money(order.worth)} ·</span>}{" "}
          <span>
            <Ago at={order.placedAt} now={now} />
          </span>
        </small>
      </th>
      {columns.map((column) => {
        const its = ({ connectionId }: OrderDelivery) => connectionId === column.id;
        const delivery = telling(order.deliveries.filter(its));
        return (
          <td key={column.id} data-label={column.name}>
            {delivery ? <Cell delivery={delivery} column={column} /> : <Nothing />}
          </td>
        );
      })}
    </tr>
  );
}

function Cell({ delivery, column }: { delivery: OrderDelivery; column: Column }) {
  const tell = useReason();
  const { id, state, alreadyHad } = delivery;
  const reason = delivery.reason && state !== "delivered" ? sentence(tell(delivery.reason)) : null;
  return (
    <>
      <Link url={`/app/deliveries/${id}`} removeUnderline monochrome>
        <DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={column.deliveredAs} />
      </Link>
      {reason && <small title={reason}>{reason}</small>}
    </>
  );
}

const Nothing = () => <span className="quiet">Nothing owed</span>;
