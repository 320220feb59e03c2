// From where on something is an alert.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, FormLayout, InlineError, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Limits } from "../../delivery/alerts/limits.ts";
import { useBegan } from "../began.ts";
import { useWhatIsSaved } from "../what-is-saved.ts";
import { type AlertAnswer, useError, useTarget } from "./answer.ts";

const NAMES = ["failing", "silentHours", "accuracy"] as const;
const asTyped = (limits: Limits) =>
  Object.fromEntries(NAMES.map((name) => [name, String(limits[name])])) as Record<keyof Limits, string>;

/** @param was when they were saved last; "": never. */
export function LimitsForm({ limits, was }: { limits: Limits; was: string }) {
  const { t } = useTranslation("alerts");
  const fetcher = useFetcher<AlertAnswer>();
  const began = useBegan(was, fetcher);
  const target = useTarget();
  const [typed, type] = useState(asTyped(limits));
  const error = useError(fetcher.data);
  const stored = asTyped(limits);
  const asText = (all: typeof stored) => NAMES.map((name) => all[name]).join();
  const { loading, saved, send } = useWhatIsSaved(fetcher, asText(typed), asText(stored), error);
  const save = () => {
    send();
    fetcher.submit({ intent: "alert-limits", was: began, ...typed }, target);
  };
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t("limits.title")}
      </Text>
      <FormLayout>
        {NAMES.map((name) => (
          <TextField
            key={name}
            label={t(`limits.${name}`)}
            type="number"
            value={typed[name]}
            onChange={(value) => type({ ...typed, [name]: value })}
            autoComplete="off"
          />
        ))}
      </FormLayout>
      {error && <InlineError message={error} fieldID="limits" />}
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={save} loading={loading}>
          {t("limits.save")}
        </Button>
        <span aria-live="polite">{saved && t("card.saved")}</span>
      </InlineStack>
    </BlockStack>
  );
}
