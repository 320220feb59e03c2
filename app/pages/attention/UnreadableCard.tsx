// Webhooks of Shopify that could not be read, by topic and reason: they are kept, hold nothing up, and can be read again.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { UnreadableGroup } from "../../delivery/ledger/unreadable.ts";
import { count } from "../money.ts";
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
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Webhooks that could not be read
        </Text>
        <Text as="p" tone="subdued">
          Shopify sent them, and nothing was made of them. What came after them went on. After an update of the app they
          may be readable.
        </Text>
        {groups.length > 1 && <Choice fields={{ allWebhooks: "yes" }} all what="webhooks" decision={decision} />}
      </div>
      {groups.map((group) => (
        <GroupRow key={`${group.topic} ${JSON.stringify(group.reason)}`} group={group} now={now} decision={decision} />
      ))}
    </Card>
  );
}

function GroupRow({ group, now, decision }: { group: Group; now: string; decision: Decision }) {
  const tell = useReason();
  const { topic, reason, newest } = group;
  return (
    <div className="free">
      <BlockStack gap="050">
        <Text as="h3" variant="headingSm" breakWord>
          {topic}
        </Text>
        <Text as="p" tone="subdued" breakWord>
          {group.count > 1 && `${count(group.count, "webhook")}, the newest `}
          {newest[0] && <Ago at={newest[0].receivedAt} now={now} />}:{" "}
          {sentence(reason ? tell(reason) : "the reason is not known")}
        </Text>
      </BlockStack>
      <Choice fields={{ topic, reason: JSON.stringify(reason) }} what={topic} decision={decision} />
      {group.count > 1 && (
        <details className="one-by-one">
          <summary>One by one</summary>
          {newest.map(({ id, receivedAt }) => (
            <InlineStack key={id} gap="200" align="space-between" blockAlign="center">
              <Ago at={receivedAt} now={now} />
              <Choice fields={{ webhook: id }} what={`webhook ${id}`} decision={decision} />
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
  what: string;
  all?: boolean;
  decision: Decision;
}

function Choice({ fields, what, all, decision }: ChoiceProps) {
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) =>
    form?.get("intent") === intent && Object.entries(fields).every(([name, value]) => form.get(name) === value);
  const button = (intent: string, words: string) => (
    <Button
      onClick={() => decision.submit({ intent, ...fields }, { method: "post" })}
      loading={asked(intent)}
      accessibilityLabel={all ? undefined : `${words} ${what}`}
    >
      {words}
    </Button>
  );
  return (
    <InlineStack gap="200">
      {button("read", all ? "Read all again" : "Read again")}
      {button("dismiss", all ? "Dismiss all of them" : "Dismiss")}
    </InlineStack>
  );
}
