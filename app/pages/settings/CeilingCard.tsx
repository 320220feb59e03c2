// How much the web pixel may tell in a day: anybody can post to it, so it has a ceiling, and what was not taken is said.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PixelDay } from "../../shopify/pixel-ceiling.ts";
import { useBegan } from "../began.ts";
import { useWhatIsSaved } from "../what-is-saved.ts";
import { type SettingSaved, useNotSaved } from "./not-saved.ts";

interface Props {
  day: PixelDay;
  /** When it was saved last; "": never. */
  was: string;
}

export function CeilingCard({ day, was }: Props) {
  const { t } = useTranslation("settings");
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("ceiling.title")}
          </Text>
          <Text as="p">{t("ceiling.about")}</Text>
          <Text as="p">{today(day, t)}</Text>
        </BlockStack>
        <Daily ceiling={day.ceiling} was={was} />
      </BlockStack>
    </Card>
  );
}

export function today({ taken, dropped, tooFast, ceiling }: PixelDay, t: TFunction<"settings">): string {
  const says = [t("ceiling.taken", { count: taken, ceiling })];
  if (dropped > 0) says.push(t("ceiling.dropped", { count: dropped }));
  if (tooFast > 0) says.push(t("ceiling.tooFast", { count: tooFast }));
  return says.join(" ");
}

function Daily({ ceiling, was }: { ceiling: number; was: string }) {
  const { t } = useTranslation("settings");
  const notSaved = useNotSaved();
  const fetcher = useFetcher<SettingSaved<{ most: number }, number>>();
  const began = useBegan(was, fetcher);
  const [daily, setDaily] = useState(String(ceiling));
  const error = notSaved(fetcher.data, {
    wrong: ({ most }) => t("ceiling.wrong", { most }),
    changed: (user, now) => t("changed.ceiling", { user, now }),
  });
  const { loading, saved, send } = useWhatIsSaved(fetcher, daily, String(ceiling), error);
  const save = () => {
    send();
    fetcher.submit({ intent: "pixel ceiling", daily, was: began }, { method: "post" });
  };
  return (
    <>
      <TextField
        label={t("ceiling.daily")}
        inputMode="numeric"
        helpText={t("ceiling.help")}
        value={daily}
        onChange={setDaily}
        autoComplete="off"
        error={error ?? undefined}
      />
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={save} loading={loading}>
          {t("ceiling.save")}
        </Button>
        <span aria-live="polite">{saved && t("saved")}</span>
      </InlineStack>
    </>
  );
}
