// One request to a vendor: when, how long, and what came back.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { Story } from "../../delivery/ledger/story.ts";
import { Clock } from "../time.tsx";

type Attempt = SerializeFrom<Story>["attempts"][number];

export function AttemptCard({ attempt, number }: { attempt: Attempt; number: number }) {
  const { startedAt, finishedAt, status, outcome, answer, deliveries } = attempt;
  const took = finishedAt ? Math.round(Date.parse(finishedAt) - Date.parse(startedAt)) : null;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h3" variant="headingSm">
            Request {number}
          </Text>
          <Text as="span" tone="subdued">
            {outcome ?? "no answer yet"}, <Clock at={startedAt} />
            {took !== null && `, ${took.toLocaleString("en")} ms`}
            {status !== null && `, HTTP ${status}`}
            {deliveries > 1 && `, together with ${deliveries - 1} more`}
          </Text>
        </InlineStack>
        {answer && <pre className="answer">{answer}</pre>}
      </BlockStack>
    </Card>
  );
}
