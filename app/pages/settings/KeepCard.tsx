// How long the shop keeps what it was told: the usual times, or shorter ones.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useUnsaved } from "../unsaved.tsx";

type Kept = Record<"bodies" | "data" | "attempts", number>;

const WORDS: Record<keyof Kept, { label: string; help: string }> = {
  bodies: {
    label: "Shopify’s webhooks, word for word",
    help: "Needed to read one again that could not be read. What the web pixel tells is gone after a day.",
  },
  data: {
    label: "What happened, as it was told to vendors",
    help: "Needed to send something again, and to tell of a refund what its order was. Kinds, times and amounts stay.",
  },
  attempts: {
    label: "Requests to vendors and their answers",
    help: "What the page of a delivery shows as its proof.",
  },
};

interface Props {
  kept: Kept;
  choices: Record<keyof Kept, readonly number[]>;
  /** When they were saved last; "": never. */
  was: string;
}

export function KeepCard({ kept, choices, was }: Props) {
  const fetcher = useFetcher<{ keepError?: string | null }>();
  const [chosen, choose] = useState(kept);
  const error = fetcher.data?.keepError ?? null;
  const loading = fetcher.state !== "idle";
  const saved = !loading && fetcher.data !== undefined && !error;
  useUnsaved(!loading && (Object.keys(chosen) as (keyof Kept)[]).some((what) => chosen[what] !== kept[what]));
  const save = () =>
    fetcher.submit(
      {
        intent: "keep",
        was,
        bodies: String(chosen.bodies),
        data: String(chosen.data),
        attempts: String(chosen.attempts),
      },
      { method: "post" },
    );
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            How long things are kept
          </Text>
          <Text as="p">
            The longest time is the usual one. A shorter one holds within minutes for what is there already, too; what
            still waits to be sent keeps what it needs.
          </Text>
        </BlockStack>
        <FormLayout>
          {(Object.keys(WORDS) as (keyof Kept)[]).map((what) => (
            <Select
              key={what}
              label={WORDS[what].label}
              helpText={WORDS[what].help}
              options={choices[what].map((days) => ({ value: String(days), label: `${days} days` }))}
              value={String(chosen[what])}
              onChange={(days) => choose({ ...chosen, [what]: Number(days) })}
            />
          ))}
        </FormLayout>
        <InlineStack gap="300" blockAlign="center">
          <Button onClick={save} loading={loading}>
            Save the times
          </Button>
          <span aria-live="polite">{error ?? (saved && "Saved.")}</span>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
