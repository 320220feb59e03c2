// How many orders Shopify counts beside those that it told, day by day; asked once the page is there.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Card, Link, SkeletonBodyText, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Range } from "../../destinations/destination.ts";
import type { loader } from "../../routes/app.accuracy-shopify.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

type Told = SerializeFrom<typeof loader>;

export function ShopifyCard({ range }: { range: Range }) {
  const { t } = useTranslation("accuracy");
  const tell = useReason();
  const asked = `/app/accuracy-shopify?from=${range.from}&to=${range.to}`;
  const { load, data } = useFetcher<Told>({ key: asked });
  useEffect(() => load(asked), [load, asked]);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("shopify.title")}
        </Text>
        {data ? (
          <Text as="p">
            {data.says ? sentence(tell(data.says)) : wordsOf(data, t)}{" "}
            <Link url="/app/missed">{t("shopify.missed")}</Link>
          </Text>
        ) : (
          <>
            <p aria-live="polite">{t("shopify.asking")}</p>
            <SkeletonBodyText lines={2} />
          </>
        )}
      </div>
      {data && differing(data).length > 0 && <Days days={differing(data)} />}
    </Card>
  );
}

const differing = ({ days }: Told) =>
  days.filter(({ counted, ours }) => counted !== null && counted !== ours).reverse();

function wordsOf(data: Told, t: TFunction<"accuracy">): string {
  const days = differing(data).length;
  return [days === 0 ? t("shopify.same") : t("shopify.differs", { count: days }), t("shopify.rest")].join(" ");
}

function Days({ days }: { days: Told["days"] }) {
  const { t } = useTranslation("accuracy");
  const formats = useFormats();
  return (
    <CountTable
      label={t("shopify.table")}
      first={t("days.day")}
      columns={[t("shopify.counted"), t("shopify.known"), t("shopify.difference")]}
      lines={days.map(({ day, counted, ours }) => ({
        key: day,
        head: timeWords(formats, day),
        counts: [counted ?? "", ours, ours - (counted ?? 0)],
      }))}
    />
  );
}
