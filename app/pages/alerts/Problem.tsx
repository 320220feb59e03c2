// Why the last message did not get there.
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

export function Problem({ problem }: { problem: Reason | null }) {
  const { t } = useTranslation("alerts");
  const tell = useReason();
  return problem ? (
    <Text as="p" tone="critical">
      {t("card.problem", { reason: sentence(tell(problem)) })}
    </Text>
  ) : null;
}
