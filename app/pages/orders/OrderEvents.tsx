// All that happened to one order, and what became of each at every connection.
import type { SerializeFrom } from "@remix-run/node";
import { Link } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OrderStory } from "../../delivery/activity/order.ts";
import { useLinkWords } from "../activity/about.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useReason } from "../texts/telling.ts";
import { Clock } from "../time.tsx";
import { sentence, useWords } from "../words.ts";
import { crowded } from "./look.ts";

type Event = SerializeFrom<OrderStory>["events"][number];
type Delivery = Event["deliveries"][number];
interface Props {
  about: string;
  events: Event[];
  /** Those that are, and the ended ones that were owed something of this order. */
  connections: { id: string; name: string; ended: boolean }[];
  deliveredAs: Record<string, string>;
}

export function OrderEvents({ about, events, connections, deliveredAs }: Props) {
  const { t } = useTranslation("orders");
  return (
    <table className={`lines orders ${crowded(connections)}`} aria-label={t("became")}>
      <thead>
        <tr>
          <th scope="col">{t("table.what")}</th>
          {connections.map(({ id, name, ended }) => (
            <th scope="col" key={id}>
              {ended ? t("disconnected", { name }) : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Row key={event.eventId} {...{ about, event, connections, deliveredAs }} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ about, event, connections, deliveredAs }: Omit<Props, "events"> & { event: Event }) {
  const { t } = useTranslation("orders");
  const words = useWords();
  return (
    <tr>
      <th scope="row">
        <Link url={`/app/events/${event.eventId}`} removeUnderline>
          {words.kind(event.kind)}
        </Link>
        <small>
          <Clock at={event.occurredAt} />
        </small>
      </th>
      {connections.map(({ id, name }) => {
        const its = event.deliveries.filter(({ connectionId }) => connectionId === id);
        return (
          <td key={id} data-label={name}>
            {its.length === 0 && <span className="quiet">{t("nothingOwed")}</span>}
            {its.map((delivery) => (
              <Cell key={delivery.id} {...{ about, delivery, deliveredAs }} />
            ))}
          </td>
        );
      })}
    </tr>
  );
}

function Cell({ about, delivery, deliveredAs }: Pick<Props, "about" | "deliveredAs"> & { delivery: Delivery }) {
  const tell = useReason();
  const says = useLinkWords();
  const { id, state, alreadyHad, reason, destination } = delivery;
  const as = deliveredAs[destination];
  const why = reason && state !== "delivered" ? sentence(tell(reason)) : null;
  return (
    <>
      <Link url={`/app/deliveries/${id}`} accessibilityLabel={says(about, delivery, as)} removeUnderline monochrome>
        <DeliveryBadge state={state} alreadyHad={alreadyHad} {...(as ? { deliveredAs: as } : {})} />
      </Link>
      {why && <small title={why}>{why}</small>}
    </>
  );
}
