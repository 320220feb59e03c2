// How much the web pixel may tell in a day: anybody can post to it, so it has a ceiling, and what was not taken is said.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { PixelDay } from "../../shopify/pixel-ceiling.ts";
import { count } from "../money.ts";
import { useUnsaved } from "../unsaved.tsx";

interface Props {
  day: PixelDay;
  /** When it was saved last; "": never. */
  was: string;
}

export function CeilingCard({ day, was }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Limit of the web pixel
          </Text>
          <Text as="p">
            A browser proves nothing: whoever knows your shop’s pages can post to the pixel as well. So one address and
            one visitor may only come so fast, and in a day (UTC) no more than this number of events is taken. Orders,
            carts and customers come from Shopify itself and are never counted here.
          </Text>
          <Text as="p">{today(day)}</Text>
        </BlockStack>
        <Daily ceiling={day.ceiling} was={was} />
      </BlockStack>
    </Card>
  );
}

export function today({ taken, dropped, tooFast, ceiling }: PixelDay): string {
  const says = [
    `Today about ${count(taken, "event")} of ${ceiling.toLocaleString("en")} ${taken === 1 ? "was" : "were"} taken.`,
  ];
  if (dropped > 0)
    says.push(
      `${count(dropped, "event")} ${dropped === 1 ? "was" : "were"} dropped, because the day’s limit was reached.`,
    );
  if (tooFast > 0)
    says.push(`${count(tooFast, "post")} ${tooFast === 1 ? "was" : "were"} refused, because they came too fast.`);
  return says.join(" ");
}

function Daily({ ceiling, was }: { ceiling: number; was: string }) {
  const fetcher = useFetcher<{ ceilingError?: string | null }>();
  const [daily, setDaily] = useState(String(ceiling));
  const error = fetcher.data?.ceilingError ?? null;
  const loading = fetcher.state !== "idle";
  const saved = !loading && fetcher.data !== undefined && !error;
  const [sent, setSent] = useState<string | null>(null);
  useUnsaved(daily !== String(ceiling) && daily !== sent);
  const save = () => {
    setSent(daily);
    fetcher.submit({ intent: "pixel ceiling", daily, was }, { method: "post" });
  };
  return (
    <>
      <TextField
        label="Events in a day, at most"
        inputMode="numeric"
        helpText="Leave it empty for the usual number. A change holds within seconds."
        value={daily}
        onChange={setDaily}
        autoComplete="off"
        error={error ?? undefined}
      />
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={save} loading={loading}>
          Save the limit
        </Button>
        <span aria-live="polite">{saved && "Saved."}</span>
      </InlineStack>
    </>
  );
}
