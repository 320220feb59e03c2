// The single orders behind the figure: what became of each, why, and the way to its proof.
import type { SerializeFrom } from "@remix-run/node";
import { Link as RouteLink } from "@remix-run/react";
import { Badge, Button, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OrderOf, OrderPage } from "../../delivery/accuracy/order-list.ts";
import type { Outcome } from "../../delivery/accuracy/orders.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useFormats } from "../formats.ts";
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
  const { t } = useTranslation("accuracy");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("orders.title")}
        </Text>
        <nav aria-label={t("orders.shown")} className="spans">
          {SHOWN.map(({ show }) => (
            <RouteLink
              key={show}
              to={`?${query}&show=${show}`}
              preventScrollReset
              aria-current={show === shown.show ? "true" : undefined}
            >
              {t(`orders.show.${show}`)}
            </RouteLink>
          ))}
        </nav>
        {page.orders.length === 0 && (
          <Text as="p" tone="subdued">
            {later ? t("orders.noMore") : t(`orders.none.${shown.show}`)}
          </Text>
        )}
      </div>
      {page.orders.length > 0 && (
        <table className="lines explained">
          <thead>
            <tr>
              <th scope="col">{t("orders.order")}</th>
              <th scope="col">{t("orders.became")}</th>
              <th scope="col">{t("orders.why")}</th>
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
          {later && <Button url={`?${query}&show=${shown.show}`}>{t("orders.newest")}</Button>}
          {page.next && <Button url={`?${query}&show=${shown.show}&after=${page.next}`}>{t("orders.older")}</Button>}
        </div>
      )}
    </Card>
  );
}

function Line({ order, deliveredAs }: { order: SerializeFrom<OrderOf>; deliveredAs: string }) {
  const { t } = useTranslation("accuracy");
  const { money } = useFormats();
  const tell = useReason();
  const { orderId, name, worth, placedAt, deliveryId, reason, dismissed } = order;
  const badge = <Became order={order} deliveredAs={deliveredAs} />;
  return (
    <tr>
      <th scope="row">
        {name ?? t("order", { id: orderId })}
        <small>
          {worth && <span>{money(worth)} · </span>}
          <span>
            <Clock at={placedAt} />
          </span>
        </small>
      </th>
      <td data-label={t("orders.became")}>
        {deliveryId ? (
          <Link url={`/app/deliveries/${deliveryId}`} removeUnderline monochrome>
            {badge}
          </Link>
        ) : (
          badge
        )}
        {dismissed && <small>{t("orders.dismissed")}</small>}
      </td>
      <td data-label={t("orders.why")}>{reason ? sentence(tell(reason)) : "–"}</td>
    </tr>
  );
}

const STATES: Partial<Record<Outcome, string>> = { sent: "delivered", waiting: "due" };

function Became({ order, deliveredAs }: { order: SerializeFrom<OrderOf>; deliveredAs: string }) {
  const { t } = useTranslation("accuracy");
  const { outcome, alreadyHad } = order;
  if (outcome === "before") return <Badge>{t("orders.before")}</Badge>;
  return <DeliveryBadge state={STATES[outcome] ?? outcome} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />;
}
