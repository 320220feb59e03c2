// How long the shop keeps what it was told: the usual times, or shorter ones.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBegan } from "../began.ts";
import { useWhatIsSaved } from "../what-is-saved.ts";
import { type SettingSaved, useNotSaved } from "./not-saved.ts";

const WHAT = ["bodies", "data", "attempts"] as const;
type Kept = Record<(typeof WHAT)[number], number>;

interface Props {
  kept: Kept;
  choices: Record<keyof Kept, readonly number[]>;
  /** When they were saved last; "": never. */
  was: string;
}

export function KeepCard({ kept, choices, was }: Props) {
  const { t } = useTranslation("settings");
  const notSaved = useNotSaved();
  const fetcher = useFetcher<SettingSaved<string, Kept>>();
  const began = useBegan(was, fetcher);
  const [chosen, choose] = useState(kept);
  const error = notSaved(fetcher.data, {
    wrong: () => t("keep.wrong"),
    changed: (user, now) => t("changed.keep", { user, now: Object.values(now).join(", ") }),
  });
  const asText = (days: Kept) => WHAT.map((what) => days[what]).join();
  const { loading, saved, send } = useWhatIsSaved(fetcher, asText(chosen), asText(kept), error);
  const save = () => {
    send();
    const days = Object.fromEntries(WHAT.map((what) => [what, String(chosen[what])]));
    fetcher.submit({ intent: "keep", was: began, ...days }, { method: "post" });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("keep.title")}
          </Text>
          <Text as="p">{t("keep.about")}</Text>
        </BlockStack>
        <FormLayout>
          {WHAT.map((what) => (
            <Select
              key={what}
              label={t(`keep.${what}.label`)}
              helpText={t(`keep.${what}.help`)}
              options={choices[what].map((days) => ({ value: String(days), label: t("keep.days", { days }) }))}
              value={String(chosen[what])}
              onChange={(days) => choose({ ...chosen, [what]: Number(days) })}
            />
          ))}
        </FormLayout>
        <InlineStack gap="300" blockAlign="center">
          <Button onClick={save} loading={loading}>
            {t("keep.save")}
          </Button>
          <span aria-live="polite">{error ?? (saved && t("saved"))}</span>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
