// Sends a test now, and says whether it got there.
import { useFetcher } from "@remix-run/react";
import { Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Way } from "../../delivery/alerts/ways.ts";
import { type AlertAnswer, useError, useTarget } from "./answer.ts";

export function TestButton({ way }: { way: Way }) {
  const { t } = useTranslation("alerts");
  const fetcher = useFetcher<AlertAnswer>();
  const target = useTarget();
  const loading = fetcher.state !== "idle";
  const reason = useError(fetcher.data);
  const said = reason ? t("card.testFailed", { reason }) : t("card.testSent");
  return (
    <>
      <Button loading={loading} onClick={() => fetcher.submit({ intent: "alert-test", way }, target)}>
        {t("card.test")}
      </Button>
      <span aria-live="polite">{!loading && fetcher.data && said}</span>
    </>
  );
}
