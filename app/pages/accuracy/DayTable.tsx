// The figure day by day, the newest first; a click on a day shows its orders.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { useFormats } from "../formats.ts";
import { useColumns } from "./ConnectionLines.tsx";

export function DayTable({ days }: { days: SerializeFrom<Accuracy>["days"] }) {
  const { t } = useTranslation("accuracy");
  const { columns, countsOf } = useColumns();
  const formats = useFormats();
  const shown = days.filter(({ orders }) => orders > 0).reverse();
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("days.title")}
        </Text>
        <Text as="p" tone="subdued">
          {shown.length === 0 ? t("days.none") : t("days.leftOut")}
        </Text>
      </div>
      {shown.length > 0 && (
        <CountTable
          first={t("days.day")}
          columns={columns}
          lines={shown.map((day) => ({
            key: day.day,
            head: (
              <Link url={`?from=${day.day}&to=${day.day}&show=all`} removeUnderline>
                {timeWords(formats, day.day)}
              </Link>
            ),
            counts: countsOf(day),
          }))}
        />
      )}
    </Card>
  );
}
