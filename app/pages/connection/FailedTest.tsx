// What was typed was tested before it would be saved, and the test failed: what it found, and the choice to save it all the same.
import { Banner, BlockStack, Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Told } from "../../base/reason.ts";
import type { Finding } from "../../destinations/destination.ts";
import { Findings } from "./Findings.tsx";

interface Props {
  vendor: string;
  findings: Told<Finding>[];
  loading: boolean;
  onAnyway: () => void;
}

export function FailedTest({ vendor, findings, loading, onAnyway }: Props) {
  const { t } = useTranslation("connection");
  return (
    <div tabIndex={-1} data-form-error>
      <Banner tone="critical" title={t("test.failed")}>
        <BlockStack gap="300" inlineAlign="start">
          <Findings findings={findings} runMend={null} />
          <p>{t("test.failedSays", { vendor })}</p>
          <Button onClick={onAnyway} loading={loading}>
            {t("test.anyway")}
          </Button>
        </BlockStack>
      </Banner>
    </div>
  );
}
