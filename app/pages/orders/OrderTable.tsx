// The latest orders, and what became of each at every vendor.
import { Badge, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useAbout, useLinkWords } from "../activity/about.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { crowded } from "./look.ts";
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
  const { t } = useTranslation("orders");
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
            {t("showMore")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Lines({ orders, columns: all, now }: Pick<Props, "orders" | "columns" | "now">) {
  const { t } = useTranslation("orders");
  const ended = new Set(
    orders.flatMap(({ deliveries }) => deliveries.flatMap((one) => (one.ended ? one.connectionId : []))),
  );
  const columns = all.map((one) => (ended.has(one.id) ? { ...one, name: t("disconnected", { name: one.name }) } : one));
  return (
    <table className={`lines orders ${crowded(columns)}`}>
      <thead>
        <tr>
          <th scope="col">{t("table.order")}</th>
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
  const { t } = useTranslation("orders");
  const { money } = useFormats();
  const about = useAbout()({ subject: `order:${order.orderId}`, name: nameOf(order) });
  return (
    <tr>
      <th scope="row">
        <InlineStack gap="200" blockAlign="center">
          <Link url={`/app/orders/${order.orderId}`} accessibilityLabel={about} removeUnderline monochrome>
            {order.name}
          </Link>
          {order.test && <Badge>{t("test")}</Badge>}
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
            {delivery ? <Cell {...{ about, delivery, column }} /> : <Nothing />}
          </td>
        );
      })}
    </tr>
  );
}

function Cell({ about, delivery, column }: { about: string; delivery: OrderDelivery; column: Column }) {
  const tell = useReason();
  const says = useLinkWords();
  const { id, state, alreadyHad } = delivery;
  const reason = delivery.reason && state !== "delivered" ? sentence(tell(delivery.reason)) : null;
  return (
    <>
      <Link
        url={`/app/deliveries/${id}`}
        accessibilityLabel={says(about, delivery, column.deliveredAs)}
        removeUnderline
        monochrome
      >
        <DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={column.deliveredAs} />
      </Link>
      {reason && <small title={reason}>{reason}</small>}
    </>
  );
}

/** Where an order's data is gone it is called by its id. */
const nameOf = ({ orderId, name }: Order) => (name.endsWith(orderId) ? orderId : name);

function Nothing() {
  const { t } = useTranslation("orders");
  return <span className="quiet">{t("nothingOwed")}</span>;
}
