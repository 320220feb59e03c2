// Orders that grew or shrank later, each with its difference: why the money in Shopify is not the money at the vendor.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Change, Changes } from "../../delivery/accuracy/changes.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { type Formats, useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { Clock } from "../time.tsx";
import { sentence } from "../words.ts";

export function ChangeCard({ changes, vendor }: { changes: SerializeFrom<Changes>; vendor: string }) {
  const { t } = useTranslation("accuracy");
  const formats = useFormats();
  const { newest, sums } = changes;
  if (newest.length === 0) return null;
  const all = sums.reduce((total, one) => total + one.count, 0);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("changes.title")}
        </Text>
        {sums.map((one) => (
          <Text as="p" tone="subdued" key={`${one.kind} ${one.told} ${one.currency}`}>
            {inSum(one, vendor, t, formats)}
          </Text>
        ))}
      </div>
      <table className="lines explained">
        <thead>
          <tr>
            <th scope="col">{t("changes.order")}</th>
            <th scope="col">{t("changes.difference")}</th>
            <th scope="col">{t("changes.at", { vendor })}</th>
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
            {t("changes.newest", { shown: newest.length, all })}
          </Text>
        </div>
      )}
    </Card>
  );
}

function inSum(
  { kind, told, currency, count, amount }: Changes["sums"][number],
  vendor: string,
  t: TFunction<"accuracy">,
  { money }: Formats,
): string {
  const how = kind === "order.raised" ? "raised" : told ? "lessTold" : "lessUntold";
  if (!amount || !currency) return t(`changes.${how}`, { count, vendor });
  return t(`changes.${how}By`, { count, vendor, amount: money({ amount, currency }) });
}

function Line({ change }: { change: SerializeFrom<Change> }) {
  const { t } = useTranslation("accuracy");
  const { money } = useFormats();
  const tell = useReason();
  const { deliveryId, orderId, name, kind, worth, at, state, reason } = change;
  return (
    <tr>
      <th scope="row">
        {name ?? t("order", { id: orderId })}
        <small>
          <span>
            <Clock at={at} />
          </span>
        </small>
      </th>
      <td data-label={t("changes.difference")}>
        {worth ? `${kind === "order.raised" ? "+" : "−"} ${money(worth)}` : t("changes.notKept")}
      </td>
      <td data-label={t("changes.atVendor")}>
        <Link url={`/app/deliveries/${deliveryId}`} removeUnderline monochrome>
          <DeliveryBadge state={state} />
        </Link>
        {reason && <small>{sentence(tell(reason))}</small>}
      </td>
    </tr>
  );
}
