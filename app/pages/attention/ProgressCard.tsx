// Decisions about very many deliveries that are under way: a worker does them, whoever looks or leaves.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, ProgressBar, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ReplayView } from "../../delivery/ledger/replays.ts";

type View = SerializeFrom<ReplayView>;

export function ProgressCard({ decisions }: { decisions: View[] }) {
  const { t } = useTranslation("attention");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("progress.title")}
        </Text>
        {decisions.map((one) => (
          <Line key={one.id} {...one} />
        ))}
        <Text as="p" tone="subdued">
          {t("progress.note")}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Line({ id, what, total, looked, count: done }: View) {
  const { t } = useTranslation("attention");
  const share = total ? Math.min(100, Math.floor((looked / total) * 100)) : 0;
  const key = what === "dismiss" ? "dismiss" : what === "restore" ? "takeBack" : "replay";
  return (
    <BlockStack gap="200">
      <p id={`decision-${id}`}>{t(`progress.${key}`, { looked, total: total ?? looked, done })}</p>
      <ProgressBar progress={share} size="small" ariaLabelledBy={`decision-${id}`} />
    </BlockStack>
  );
}
