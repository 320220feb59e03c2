// The latest deliveries of a connection, of every kind.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { LatestDelivery } from "../../delivery/ledger/latest-deliveries.ts";
import { useName } from "../activity/about.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence, useWords } from "../words.ts";

interface Props {
  name: string;
  deliveries: SerializeFrom<LatestDelivery>[];
  deliveredAs: string;
  now: string;
}

export function DeliveryTable({ name, deliveries, deliveredAs, now }: Props) {
  const { t } = useTranslation("connection");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("latest.heading")}
        </Text>
        {deliveries.length === 0 && (
          <Text as="p" tone="subdued">
            {t("latest.none", { name })}
          </Text>
        )}
      </div>
      {deliveries.length > 0 && (
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">{t("latest.what")}</th>
              <th scope="col">{t("latest.about")}</th>
              <th scope="col">{t("latest.happened")}</th>
              <th scope="col">{t("latest.became")}</th>
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
  const { t } = useTranslation("connection");
  const { money } = useFormats();
  const { kind: kindWords } = useWords();
  const tell = useReason();
  const { id, kind, state, reason, alreadyHad, occurredAt, worth } = delivery;
  const nameOf = useName();
  return (
    <tr>
      <th scope="row">
        <Link url={`/app/deliveries/${id}`} removeUnderline>
          {kindWords(kind)}
        </Link>
      </th>
      <td data-label={t("latest.about")}>
        {nameOf(delivery)}
        {worth && <small>{money(worth)}</small>}
      </td>
      <td data-label={t("latest.happened")}>
        <Ago at={occurredAt} now={now} />
      </td>
      <td data-label={t("latest.became")} className="long">
        <DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />
        {reason && state !== "delivered" && state !== "superseded" && <small>{sentence(tell(reason))}</small>}
      </td>
    </tr>
  );
}
