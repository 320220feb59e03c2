// When it was last looked for missed webhooks, when it is next, why it does not go on, and the button for at once.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { LookState } from "../../shopify/found/found.ts";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { WithAgo } from "../time.tsx";
import { sentence } from "../words.ts";

interface Props {
  look: SerializeFrom<LookState>;
  now: string;
}

export function LookCard({ look, now }: Props) {
  const { t } = useTranslation(["missed", "shell"]);
  const { span } = useFormats();
  const tell = useReason();
  const { lookedAt, nextAt, beganAt, seen, says } = look;
  const fetcher = useFetcher<{ asked: boolean }>();
  const wait = nextAt ? Date.parse(nextAt) - Date.parse(now) : null;
  const asked = beganAt === null && wait !== null && wait <= 0;
  const looking = (beganAt !== null && says === null) || asked;
  const answer = fetcher.data && (fetcher.data.asked ? t("look.soon") : t("shell:frame.noAnswer"));
  const progress = beganAt ? t("look.seen", { count: seen }) : t("look.soon");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          {lookedAt ? <WithAgo text={t("look.last")} at={lookedAt} now={now} /> : t("look.never")}{" "}
          {!looking && (wait === null ? t("look.unplanned") : t("look.next", { span: span(wait) }))}
        </Text>
        {says && <Text as="p">{t("look.notAsked", { why: sentence(tell(says)) })}</Text>}
        <InlineStack>
          <Button
            onClick={() => fetcher.submit({}, { method: "post" })}
            loading={fetcher.state !== "idle"}
            disabled={looking}
          >
            {t("look.now")}
          </Button>
        </InlineStack>
        <p aria-live="polite" className="live">
          {looking ? progress : !lookedAt && answer}
        </p>
        <Text as="p" tone="subdued">
          {t("look.lately")}
        </Text>
      </BlockStack>
    </Card>
  );
}
