// An address that alerts are posted to. It is often a credential: only its host is ever shown.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { AlertWays } from "../../delivery/alerts/ways.ts";
import { useBegan } from "../began.ts";
import { useUnsaved } from "../unsaved.tsx";
import { type AlertAnswer, useError, useTarget } from "./answer.ts";
import { Problem } from "./Problem.tsx";
import { TestButton } from "./TestButton.tsx";

const HTTPS = "https://";

interface Props {
  way: "webhook" | "slack";
  stored: AlertWays["webhook"];
  /** When it was saved last; "": never. */
  was: string;
}

export function AddressForm({ way, stored, was }: Props) {
  const { t } = useTranslation("alerts");
  const fetcher = useFetcher<AlertAnswer>();
  const target = useTarget();
  const [url, setUrl] = useState("");
  const error = useError(fetcher.data);
  const loading = fetcher.state !== "idle";
  const saved = !loading && fetcher.data !== undefined && !error;
  useUnsaved(url.trim() !== "" && !loading);
  const began = useBegan(was, fetcher);
  const sent = useRef("");
  // What was typed while it was on its way stays.
  useEffect(() => {
    if (saved) setUrl((typed) => (typed === sent.current ? "" : typed));
  }, [saved]);
  const save = (to: string) => {
    sent.current = to;
    fetcher.submit({ intent: way === "slack" ? "alert-slack" : "alert-url", url: to, was: began }, target);
  };
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t(`${way}.title`)}
      </Text>
      {stored && (
        <Text as="p">
          {stored.host === null ? (
            t(`${way}.sealed`)
          ) : (
            <Trans ns="alerts" i18nKey={`${way}.posted`} values={{ host: stored.host }} components={{ b: <b /> }} />
          )}
        </Text>
      )}
      <Problem problem={stored?.problem ?? null} />
      <TextField
        label={stored ? t(`${way}.another`) : t(`${way}.label`)}
        type="url"
        placeholder={HTTPS}
        helpText={t(`${way}.help`)}
        value={url}
        onChange={setUrl}
        autoComplete="off"
        error={error ?? undefined}
      />
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={() => save(url)} loading={loading} disabled={url.trim() === ""}>
          {t(`${way}.save`)}
        </Button>
        {stored && (
          <Button onClick={() => save("")} loading={loading}>
            {t(`${way}.stop`)}
          </Button>
        )}
        {stored && <TestButton way={way} />}
        <span aria-live="polite">{saved && url === "" && t("card.saved")}</span>
      </InlineStack>
    </BlockStack>
  );
}
