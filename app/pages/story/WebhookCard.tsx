// What Shopify sent: the webhook's headers and its body.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { EventStory, Shown } from "../../delivery/activity/event.ts";
import { Clock } from "../time.tsx";
import { Fact, Facts } from "./Facts.tsx";

export function WebhookCard({ webhook }: { webhook: SerializeFrom<EventStory>["webhook"] }) {
  const { t } = useTranslation("story");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("eventPage.webhook")}
        </Text>
        {webhook ? <Told webhook={webhook} /> : <p>{t("eventPage.noWebhook")}</p>}
      </BlockStack>
    </Card>
  );
}

function Told({ webhook }: { webhook: NonNullable<SerializeFrom<EventStory>["webhook"]> }) {
  const { t } = useTranslation("story");
  const headers = Object.entries(webhook.headers).filter(([, value]) => value !== null);
  return (
    <>
      <Facts>
        <Fact name={t("eventPage.received")}>
          <Clock at={webhook.receivedAt} />
        </Fact>
      </Facts>
      <Text as="h3" variant="headingSm">
        {t("eventPage.headers")}
      </Text>
      <pre className="answer">{headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
      <Text as="h3" variant="headingSm">
        {t("eventPage.body")}
      </Text>
      {webhook.body ? <Whole shown={webhook.body} label={t("eventPage.body")} /> : <p>{t("eventPage.bodyGone")}</p>}
    </>
  );
}

/** It may be long: it is scrolled, also by keys. */
export function Whole({ shown: { text, isCut }, label }: { shown: Shown; label: string }) {
  const { t } = useTranslation("story");
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else who has no mouse sees its beginning only */}
      <section className="whole" tabIndex={0} aria-label={label}>
        <pre className="answer">{text}</pre>
      </section>
      {isCut && <p>{t("attempt.cut")}</p>}
    </>
  );
}
