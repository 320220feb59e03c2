// Webhooks of Shopify that could not be read, by topic and reason: they are kept, hold nothing up, and can be read again.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { Trans, useTranslation } from "react-i18next";
import type { UnreadableGroup } from "../../delivery/ledger/unreadable.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import type { Decision } from "./Decide.tsx";

type Group = SerializeFrom<UnreadableGroup>;

interface Props {
  groups: Group[];
  now: string;
  decision: Decision;
}

export function UnreadableCard({ groups, now, decision }: Props) {
  const { t } = useTranslation("attention");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("unreadable.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("unreadable.about")}
        </Text>
        {groups.length > 1 && <Choice fields={{ allWebhooks: "yes" }} what={null} decision={decision} />}
      </div>
      {groups.map((group) => (
        <GroupRow key={`${group.topic} ${JSON.stringify(group.reason)}`} group={group} now={now} decision={decision} />
      ))}
    </Card>
  );
}

function GroupRow({ group, now, decision }: { group: Group; now: string; decision: Decision }) {
  const { t } = useTranslation("attention");
  const tell = useReason();
  const { topic, reason, newest, count } = group;
  const at = newest[0]?.receivedAt ?? now;
  return (
    <div className="free">
      <BlockStack gap="050">
        <Text as="h3" variant="headingSm" breakWord>
          {topic}
        </Text>
        <Text as="p" tone="subdued" breakWord>
          <Trans
            ns="attention"
            i18nKey={count > 1 ? "unreadable.many" : "unreadable.one"}
            count={count}
            values={{ reason: reason ? sentence(tell(reason)) : t("unreadable.noReason") }}
            components={{ ago: <Ago at={at} now={now} /> }}
          />
        </Text>
      </BlockStack>
      <Choice fields={{ topic, reason: JSON.stringify(reason) }} what={topic} decision={decision} />
      {count > 1 && (
        <details className="one-by-one">
          <summary>{t("unreadable.oneByOne")}</summary>
          {newest.map(({ id, receivedAt }) => (
            <InlineStack key={id} gap="200" align="space-between" blockAlign="center">
              <Ago at={receivedAt} now={now} />
              <Choice fields={{ webhook: id }} what={t("unreadable.webhook", { id })} decision={decision} />
            </InlineStack>
          ))}
        </details>
      )}
    </div>
  );
}

interface ChoiceProps {
  /** What it is about, as readWhichWebhooks reads it. */
  fields: Record<string, string>;
  /** null: all of them. */
  what: string | null;
  decision: Decision;
}

function Choice({ fields, what, decision }: ChoiceProps) {
  const { t } = useTranslation("attention");
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) =>
    form?.get("intent") === intent && Object.entries(fields).every(([name, value]) => form.get(name) === value);
  const button = (intent: "read" | "dismiss") => (
    <Button
      onClick={() => decision.submit({ intent, ...fields }, { method: "post" })}
      loading={asked(intent)}
      accessibilityLabel={what === null ? undefined : t(`unreadable.${intent}Of`, { what })}
    >
      {t(`unreadable.${intent}${what === null ? "All" : ""}`)}
    </Button>
  );
  return (
    <InlineStack gap="200">
      {button("read")}
      {button("dismiss")}
    </InlineStack>
  );
}
