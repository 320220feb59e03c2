// What an order is: its worth, its times, its buyer by id, and the first of its lines.
import type { SerializeFrom } from "@remix-run/node";
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OrderStory } from "../../delivery/activity/order.ts";
import { useFormats } from "../formats.ts";
import { Fact, Facts } from "../story/Facts.tsx";
import { Clock } from "../time.tsx";

export function OrderFacts({ order }: { order: SerializeFrom<OrderStory> }) {
  const { t } = useTranslation("orders");
  const { money } = useFormats();
  const { id, name, worth, placedAt, customerId, lines } = order;
  return (
    <>
      {name === null && <Text as="p">{t("facts.gone")}</Text>}
      <Facts>
        {worth && <Fact name={t("facts.worth")}>{money(worth)}</Fact>}
        {placedAt && (
          <Fact name={t("facts.placed")}>
            <Clock at={placedAt} />
          </Fact>
        )}
        {customerId && <Fact name={t("facts.customer")}>{customerId}</Fact>}
        <Fact name={t("facts.id")}>{id}</Fact>
        {lines && <Fact name={t("facts.holds")}>{t("lines", { count: lines.count })}</Fact>}
      </Facts>
      {lines && lines.first.length > 0 && <Items lines={lines} />}
    </>
  );
}

function Items({ lines: { count, first } }: { lines: NonNullable<OrderStory["lines"]> }) {
  const { t } = useTranslation("orders");
  return (
    <ul className="items">
      {first.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an order have no other
        <li key={at}>{t("item", item)}</li>
      ))}
      {count > first.length && <li>{t("moreLines", { count: count - first.length })}</li>}
    </ul>
  );
}
