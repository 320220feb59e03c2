// What a group is about, and the decision for those of it that were chosen.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { AttentionGroup } from "../../delivery/ledger/attention.ts";
import type { Member } from "../../delivery/ledger/members.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";
import { Decide, type Decision, type Vendor } from "./Decide.tsx";

interface Props {
  /** null: nothing of it needs a person any more. */
  group: SerializeFrom<AttentionGroup> | null;
  chosen: SerializeFrom<Member>[];
  vendor: Vendor;
  decision: Decision;
}

export function ChosenCard({ group, chosen, vendor, decision }: Props) {
  const { t } = useTranslation("attention");
  const tell = useReason();
  return (
    <Card>
      {group ? (
        <BlockStack gap="300">
          <blockquote className="quote">
            {group.reason ? sentence(tell(group.reason)) : t("members.noReason")}
          </blockquote>
          <InlineStack gap="300" blockAlign="center">
            <Text as="p">{t("members.chosen", { count: chosen.length })}</Text>
            {chosen.length > 0 && (
              <Decide
                fields={{}}
                chosen={chosen.map(({ id }) => id)}
                state={group.state}
                replayable={chosen.some(({ replayable }) => replayable)}
                {...{ vendor, decision }}
              />
            )}
          </InlineStack>
        </BlockStack>
      ) : (
        <Text as="p">{t("members.nothing")}</Text>
      )}
    </Card>
  );
}
