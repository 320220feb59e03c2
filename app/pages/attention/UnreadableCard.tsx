// Webhooks of Shopify that could not be read: they are kept, and hold nothing up.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import type { Attention } from "../../delivery/attention.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import type { Decision } from "./Decide.tsx";

interface Props {
  webhooks: SerializeFrom<Attention["webhooks"]>;
  now: string;
  decision: Decision;
}

export function UnreadableCard({ webhooks, now, decision }: Props) {
  const asked = decision.state === "idle" ? [] : (decision.formData?.getAll("webhook") ?? []);
  const dismiss = (ids: string[]) => {
    const form = new FormData();
    for (const id of ids) form.append("webhook", id);
    decision.submit(form, { method: "post" });
  };
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Webhooks that could not be read
        </Text>
        <Text as="p" tone="subdued">
          Shopify sent them, and nothing was made of them. What came after them went on.
        </Text>
        {webhooks.length > 1 && (
          <div>
            <Button onClick={() => dismiss(webhooks.map(({ id }) => id))} loading={asked.length > 1}>
              Dismiss all of them
            </Button>
          </div>
        )}
      </div>
      {webhooks.map(({ id, topic, reason, receivedAt }) => (
        <div className="free" key={id}>
          <BlockStack gap="050">
            <Text as="h3" variant="headingSm" breakWord>
              {topic}
            </Text>
            <Text as="p" tone="subdued" breakWord>
              <Ago at={receivedAt} now={now} />: {sentence(reason || "the reason is not known")}
            </Text>
          </BlockStack>
          <Button onClick={() => dismiss([id])} loading={asked.includes(id)} accessibilityLabel={`Dismiss ${topic}`}>
            Dismiss
          </Button>
        </div>
      ))}
    </Card>
  );
}
