// Whom alerts are mailed to.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertWays } from "../../delivery/alerts/ways.ts";
import { useBegan } from "../began.ts";
import { useWhatIsSaved } from "../what-is-saved.ts";
import { type AlertAnswer, useError, useTarget } from "./answer.ts";
import { Problem } from "./Problem.tsx";
import { TestButton } from "./TestButton.tsx";

interface Props {
  stored: AlertWays["mail"];
  /** Has this installation a mail server? */
  server: boolean;
  /** When they were saved last; "": never. */
  was: string;
}

export function MailForm({ stored, server, was }: Props) {
  const { t } = useTranslation("alerts");
  const fetcher = useFetcher<AlertAnswer>();
  const began = useBegan(was, fetcher);
  const target = useTarget();
  const there = stored?.to.join(", ") ?? "";
  const [typed, type] = useState<string | null>(null);
  const error = useError(fetcher.data);
  const to = typed ?? there;
  const { loading, saved, send } = useWhatIsSaved(fetcher, to, there, error);
  const save = () => {
    send();
    fetcher.submit({ intent: "alert-mail", to, was: began }, target);
  };
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t("mail.title")}
      </Text>
      {!server && <Text as="p">{t("mail.noServer")}</Text>}
      <Problem problem={stored?.problem ?? null} />
      <TextField
        label={t("mail.label")}
        helpText={t("mail.help")}
        value={to}
        onChange={type}
        autoComplete="off"
        error={error ?? undefined}
      />
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={save} loading={loading}>
          {t("mail.save")}
        </Button>
        {stored && server && <TestButton way="mail" />}
        <span aria-live="polite">{saved && t("card.saved")}</span>
      </InlineStack>
    </BlockStack>
  );
}
