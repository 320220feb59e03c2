// How much a backfill would be, and how long the vendor's limits let it take.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { DryRun } from "../../shopify/backfill/plan.ts";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";
import { useBackfillWords } from "./words.ts";

interface Props {
  counted: SerializeFrom<DryRun>;
  vendor: string;
  timeZone: string;
}

export function Counted({ counted, vendor, timeZone }: Props) {
  const { t } = useTranslation("backfill");
  const { span } = useFormats();
  const { days } = useBackfillWords();
  const tell = useReason();
  const { expected, takes, since, until } = counted;
  const all = expected.map(({ number }) => number ?? 0).reduce((sum, one) => sum + one, 0);
  return (
    <BlockStack gap="200">
      <ul className="points">
        {expected.map(({ what, number, says }) => (
          <li key={what}>
            {number === null ? t(`what.${what}.notCounted`) : t(`what.${what}.count`, { count: number })}{" "}
            {says && sentence(tell(says))}
          </li>
        ))}
      </ul>
      <Text as="p">
        {t("counted.days", { days: days(since, until, timeZone) })}{" "}
        {takes !== null && (all === 0 ? t("counted.nothing") : t("counted.takes", { vendor, span: span(takes) }))}
      </Text>
    </BlockStack>
  );
}
