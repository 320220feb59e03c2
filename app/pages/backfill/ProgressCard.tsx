// A backfill that is under way: how far it is, why it waits, and its pause and end.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { BackfillView } from "../../shopify/backfill/view.ts";
import { Confirm } from "../Confirm.tsx";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";
import { TONES, useBackfillWords } from "./words.ts";

interface Props {
  backfill: SerializeFrom<BackfillView>;
  deliveredAs: "delivered" | "accepted";
}

export function ProgressCard({ backfill, deliveredAs }: Props) {
  const { t } = useTranslation("backfill");
  const { together, became, unread } = useBackfillWords();
  const tell = useReason();
  const { id, state, says, what, expected, seen, sent, deliveries, leftOut } = backfill;
  const fetcher = useFetcher();
  const ask = (intent: string) => fetcher.submit({ intent, backfill: id }, { method: "post" });
  const asked = (intent: string) => fetcher.state !== "idle" && fetcher.formData?.get("intent") === intent;
  const all = expected ?? seen;
  const share = all > 0 ? Math.min(100, Math.floor((sent / all) * 100)) : 0;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t("progress.title", { what: together(what) })}
          </Text>
          <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>
        </InlineStack>
        {says && (
          <Banner tone="warning">
            <p>{sentence(tell(says))}</p>
          </Banner>
        )}
        <ProgressBar progress={share} size="small" ariaLabelledBy="backfill-progress" />
        <p id="backfill-progress">{stepOf(backfill, t)}</p>
        <Text as="p">{t("progress.soFar", { counts: became(deliveries, deliveredAs) })}</Text>
        {leftOut.length > 0 && <p>{unread(leftOut.length, leftOut)}</p>}
        <InlineStack gap="300">
          {state === "paused" ? (
            <Button onClick={() => ask("resume")} loading={asked("resume")}>
              {t("progress.resume")}
            </Button>
          ) : (
            <Button onClick={() => ask("pause")} loading={asked("pause")}>
              {t("progress.pause")}
            </Button>
          )}
          <Confirm
            label={t("progress.cancel")}
            title={t("progress.cancelTitle")}
            says={t("progress.cancelSays")}
            loading={asked("cancel")}
            onConfirm={() => ask("cancel")}
          />
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function stepOf({ state, expected, seen, sent }: Props["backfill"], t: TFunction<"backfill">): string {
  if (state === "planned") return t("progress.planned");
  if (seen === 0) return expected === null ? t("progress.file") : t("progress.fileOf", { expected });
  return expected === null ? t("progress.read", { seen, sent }) : t("progress.readOf", { seen, expected, sent });
}
