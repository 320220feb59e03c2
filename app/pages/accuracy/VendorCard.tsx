// What the vendor itself counts beside what was sent to it, day by day in its own zone; asked once the page is there.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, SkeletonBodyText, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Compared, VendorCount } from "../../delivery/accuracy/vendor-count.ts";
import type { Range } from "../../destinations/destination.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { type Formats, useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { WithAgo } from "../time.tsx";
import { sentence } from "../words.ts";

interface Props {
  id: string;
  vendor: string;
  range: Range;
}

export function VendorCard({ id, vendor, range }: Props) {
  const { t } = useTranslation("accuracy");
  const asked = `/app/accuracy-vendor/${id}?from=${range.from}&to=${range.to}`;
  const { load, data, state } = useFetcher<{ count: SerializeFrom<VendorCount>; now: string }>({ key: asked });
  useEffect(() => load(asked), [load, asked]);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("vendor.title", { vendor })}
        </Text>
        {data ? (
          <Said {...{ vendor, count: data.count, now: data.now }} again={() => load(asked)} busy={state !== "idle"} />
        ) : (
          <BlockStack gap="300">
            <p aria-live="polite">{t("vendor.asking", { vendor })}</p>
            <SkeletonBodyText lines={2} />
          </BlockStack>
        )}
      </div>
      {data?.count.is === "compared" && <Days days={data.count.compared.days} />}
    </Card>
  );
}

interface SaidProps {
  count: SerializeFrom<VendorCount>;
  now: string;
  vendor: string;
  again: () => void;
  busy: boolean;
}

function Said({ count, now, vendor, again, busy }: SaidProps) {
  const { t } = useTranslation(["accuracy", "figures"]);
  const tell = useReason();
  const formats = useFormats();
  if (count.is === "none") return <Text as="p">{t("vendor.none", { vendor })}</Text>;
  if (count.is === "failed") {
    return (
      <BlockStack gap="300" inlineAlign="start">
        <Text as="p">{sentence(tell(count.says))}</Text>
        <Button onClick={again} loading={busy}>
          {t("figures:tryAgain")}
        </Button>
      </BlockStack>
    );
  }
  return (
    <>
      {notes(count.compared, vendor, { t, tell, formats }).map((note) => (
        <Text as="p" tone="subdued" key={note}>
          {note}
        </Text>
      ))}
      <p className="quiet">
        <WithAgo text={t("fetched", { ns: "figures" })} at={count.fetchedAt} now={now} />
      </p>
    </>
  );
}

interface Telling {
  t: TFunction<"accuracy">;
  tell: ReturnType<typeof useReason>;
  formats: Formats;
}

function notes(compared: Compared, vendor: string, { t, tell, formats }: Telling): string[] {
  const { by, timeZone, zoneTold, otherZone, counts, since, days } = compared;
  const how = t(`vendor.${zoneTold ? by : (`${by}Unsaid` as const)}`, { vendor, zone: timeZone });
  return [
    otherZone ? `${how} ${t("vendor.otherZone")}` : how,
    counts ? tell(counts) : "",
    days[0] && days[0].day < since ? t("vendor.since", { day: timeWords(formats, since) }) : "",
    t("vendor.others"),
  ].filter(Boolean);
}

function Days({ days }: Pick<SerializeFrom<Compared>, "days">) {
  const { t } = useTranslation("accuracy");
  const formats = useFormats();
  const shown = days.filter(({ sent, counted }) => sent > 0 || (counted ?? 0) > 0).reverse();
  if (shown.length === 0) return null;
  return (
    <CountTable
      label={t("vendor.table")}
      first={t("days.day")}
      columns={[t("vendor.sent"), t("vendor.counted"), t("vendor.difference")]}
      lines={shown.map(({ day, sent, counted }) => ({
        key: day,
        head: timeWords(formats, day),
        counts: [sent, counted ?? "–", counted === null ? "–" : signed(formats, counted - sent)],
      }))}
    />
  );
}

const signed = ({ number }: Formats, difference: number) => `${difference > 0 ? "+" : ""}${number(difference)}`;
