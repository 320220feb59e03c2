// What became of one event at each connection, with the requests that carried it.
import type { SerializeFrom } from "@remix-run/node";
import { Link } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { EventStory } from "../../delivery/activity/event.ts";
import { useLinkWords } from "../activity/about.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useReason } from "../texts/telling.ts";
import { Clock } from "../time.tsx";
import { sentence } from "../words.ts";
import { useOutcome } from "./outcome.ts";

type Delivery = SerializeFrom<EventStory>["deliveries"][number];
interface Props {
  about: string;
  deliveries: Delivery[];
  deliveredAs: Record<string, string>;
}

export function EventDeliveries({ about, deliveries, deliveredAs }: Props) {
  const { t } = useTranslation("story");
  if (deliveries.length === 0) return <p>{t("eventPage.nothingOwed")}</p>;
  return (
    <ul className="became">
      {deliveries.map((delivery) => (
        <One key={delivery.id} {...{ about, delivery, deliveredAs }} />
      ))}
    </ul>
  );
}

function One({ about, delivery, deliveredAs }: Omit<Props, "deliveries"> & { delivery: Delivery }) {
  const { t } = useTranslation("story");
  const { t: activity } = useTranslation("activity");
  const tell = useReason();
  const says = useLinkWords();
  const tellOutcome = useOutcome();
  const { id, state, alreadyHad, reason, destination, connectionName, ended, attempts } = delivery;
  const as = deliveredAs[destination];
  return (
    <li>
      <Link url={`/app/deliveries/${id}`} accessibilityLabel={says(about, delivery, as)} removeUnderline monochrome>
        <DeliveryBadge state={state} alreadyHad={alreadyHad} {...(as ? { deliveredAs: as } : {})} />
      </Link>{" "}
      {ended ? activity("ended", { name: connectionName }) : connectionName}
      {reason && state !== "delivered" && <small>{sentence(tell(reason))}</small>}
      {attempts.length === 0 && <small>{t("eventPage.noneMade")}</small>}
      {attempts.map(({ id: attempt, startedAt, status, outcome }, at) => (
        <small key={attempt}>
          {t("eventPage.attempt", { number: at + 1 })}: {tellOutcome(outcome)}, <Clock at={startedAt} />
          {status !== null && `, ${t("attempt.status", { status })}`}
        </small>
      ))}
    </li>
  );
}
