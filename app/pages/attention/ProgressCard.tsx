// Decisions about very many deliveries that are under way: a worker does them, whoever looks or leaves.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, ProgressBar, Text } from "@shopify/polaris";
import type { ReplayView } from "../../delivery/ledger/replays.ts";
import { deedWords } from "./deeds.ts";

export function ProgressCard({ decisions }: { decisions: SerializeFrom<ReplayView>[] }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Under way
        </Text>
        {decisions.map((one) => (
          <Line key={one.id} {...one} />
        ))}
        <Text as="p" tone="subdued">
          It goes on by itself, also when you leave this page.
        </Text>
      </BlockStack>
    </Card>
  );
}

function Line({ id, what, total, looked, count }: SerializeFrom<ReplayView>) {
  const share = total ? Math.min(100, Math.floor((looked / total) * 100)) : 0;
  const number = (one: number) => one.toLocaleString("en");
  return (
    <BlockStack gap="200">
      <p id={`decision-${id}`}>
        {deedWords(what).going}: {number(looked)} of {number(total ?? looked)} looked at, {number(count)}{" "}
        {deedWords(what).done}.
      </p>
      <ProgressBar progress={share} size="small" ariaLabelledBy={`decision-${id}`} />
    </BlockStack>
  );
}
