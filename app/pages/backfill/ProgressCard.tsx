// A backfill that is under way: how far it is, why it waits, and its pause and end.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { Told } from "../../base/reason.ts";
import type { BackfillView } from "../../shopify/backfill/view.ts";
import { Confirm } from "../Confirm.tsx";
import { sentence } from "../words.ts";
import { became, STATES, together } from "./words.ts";

interface Props {
  backfill: Told<SerializeFrom<BackfillView>>;
  deliveredAs: string;
}

export function ProgressCard({ backfill, deliveredAs }: Props) {
  const { id, state, says, what, expected, seen, sent, deliveries } = backfill;
  const fetcher = useFetcher();
  const ask = (intent: string) => fetcher.submit({ intent, backfill: id }, { method: "post" });
  const asked = (intent: string) => fetcher.state !== "idle" && fetcher.formData?.get("intent") === intent;
  const all = expected ?? seen;
  const share = all > 0 ? Math.min(100, Math.floor((sent / all) * 100)) : 0;
  const { word, tone } = STATES[state];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Sending {together(what)}
          </Text>
          <Badge tone={tone}>{word}</Badge>
        </InlineStack>
        {says && (
          <Banner tone="warning">
            <p>{sentence(says)}</p>
          </Banner>
        )}
        <ProgressBar progress={share} size="small" ariaLabelledBy="backfill-progress" />
        <p id="backfill-progress">{stepOf(backfill)}</p>
        <Text as="p">So far: {became(deliveries, deliveredAs)}. What happens in the shop now goes first.</Text>
        <InlineStack gap="300">
          {state === "paused" ? (
            <Button onClick={() => ask("resume")} loading={asked("resume")}>
              Resume
            </Button>
          ) : (
            <Button onClick={() => ask("pause")} loading={asked("pause")}>
              Pause
            </Button>
          )}
          <Confirm
            label="Cancel the backfill"
            title="Cancel the backfill?"
            says="What was sent stays there. The rest is not sent; you can start it again, and nothing is sent twice."
            loading={asked("cancel")}
            onConfirm={() => ask("cancel")}
          />
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function stepOf({ state, expected, seen, sent }: Props["backfill"]): string {
  if (state === "planned") return "It begins within seconds, or when another backfill of this shop is done.";
  const number = (one: number) => one.toLocaleString("en");
  const of = expected === null ? "" : ` of ${number(expected)}`;
  if (seen === 0) return `Shopify makes a file of them${expected === null ? "" : ` (${number(expected)} in all)`}.`;
  return `${number(seen)}${of} read from Shopify, ${number(sent)} on their way.`;
}
