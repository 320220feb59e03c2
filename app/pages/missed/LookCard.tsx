// When it was last looked for missed webhooks, when it is next, why it does not go on, and the button for at once.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { LookState } from "../../shopify/found/found.ts";
import { useReason } from "../texts/telling.ts";
import { Ago, span } from "../time.tsx";
import { sentence } from "../words.ts";

interface Props {
  look: SerializeFrom<LookState>;
  now: string;
}

export function LookCard({ look, now }: Props) {
  const { lookedAt, nextAt, beganAt, seen, says } = look;
  const fetcher = useFetcher<{ says: string }>();
  const tell = useReason();
  const wait = nextAt ? Date.parse(nextAt) - Date.parse(now) : null;
  const asked = beganAt === null && wait !== null && wait <= 0;
  const looking = (beganAt !== null && says === null) || asked;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          {lookedAt ? (
            <>
              Last looked <Ago at={lookedAt} now={now} />.
            </>
          ) : (
            "Not looked yet."
          )}{" "}
          {looking
            ? ""
            : wait === null
              ? "The first look is planned once a destination is connected."
              : `Next in ${span(wait)}.`}
        </Text>
        {says && <Text as="p">Shopify could not be asked: {sentence(tell(says))}</Text>}
        <InlineStack>
          <Button
            onClick={() => fetcher.submit({}, { method: "post" })}
            loading={fetcher.state !== "idle"}
            disabled={looking}
          >
            Look now
          </Button>
        </InlineStack>
        <p aria-live="polite" className="live">
          {looking ? progress(beganAt, seen) : lookedAt ? "" : fetcher.data?.says}
        </p>
        <Text as="p" tone="subdued">
          What changed in the last two minutes is left to Shopify’s own webhook, which may still be on its way.
        </Text>
      </BlockStack>
    </Card>
  );
}

const progress = (beganAt: string | null, seen: number): string =>
  beganAt ? `Looking: ${seen.toLocaleString("en")} changes seen so far.` : "It is looked for in a moment.";
