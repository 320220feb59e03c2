// One decision about all that needs a person, in all groups at once.
import { Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Confirm } from "../Confirm.tsx";
import { type Money, useFormats } from "../formats.ts";
import type { Decision } from "./Decide.tsx";

interface Props {
  groups: number;
  deliveries: number;
  /** Of them may have arrived. */
  unknown: number;
  worth: Money[];
  decision: Decision;
}

export function AllCard({ groups, deliveries: count, unknown, worth, decision }: Props) {
  const { t } = useTranslation("attention");
  const { sums } = useFormats();
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) => form?.get("intent") === intent && form.has("all");
  const ask = (intent: string) => decision.submit({ intent, all: "yes" }, { method: "post" });
  return (
    <Card>
      <InlineStack gap="400" align="space-between" blockAlign="center">
        <Text as="p">
          {worth.length > 0
            ? t("all.sumWorth", { count, groups, worth: sums(worth) })
            : t("all.sum", { count, groups })}
        </Text>
        <InlineStack gap="300">
          <Confirm
            label={t("all.send")}
            title={t("all.sendTitle", { count })}
            says={unknown > 0 ? t("all.sendSaysTwice", { unknown }) : t("all.sendSays")}
            loading={asked("replay")}
            onConfirm={() => ask("replay")}
          />
          <Confirm
            label={t("all.dismiss")}
            title={t("all.dismissTitle", { count })}
            says={t("all.dismissSays")}
            loading={asked("dismiss")}
            onConfirm={() => ask("dismiss")}
          />
        </InlineStack>
      </InlineStack>
    </Card>
  );
}
