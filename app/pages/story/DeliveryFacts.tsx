// What a delivery is about, how its event came in, and its times.
import type { SerializeFrom } from "@remix-run/node";
import { Link } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Story } from "../../delivery/ledger/story.ts";
import { orderPageOf, useAbout } from "../activity/about.ts";
import { Clock } from "../time.tsx";
import { useWords } from "../words.ts";
import { Fact, Facts } from "./Facts.tsx";

const CAME = {
  shopify: "facts.cameByWebhook",
  reconciliation: "facts.cameByReconciliation",
  backfill: "facts.cameByBackfill",
} as const;

export function DeliveryFacts({ story }: { story: SerializeFrom<Story> }) {
  const { t } = useTranslation("story");
  const { kind, subject, eventId, state, occurredAt, createdAt, deadlineAt, settledAt, webhook } = story;
  const about = useAbout()(story);
  const word = useWords().kind(kind);
  const page = orderPageOf(subject);
  return (
    <Facts>
      <Fact name={t("facts.about")}>{page ? <Link url={page}>{about}</Link> : about}</Fact>
      {eventId && (
        <Fact name={t("facts.event")}>
          <Link url={`/app/events/${eventId}`}>{word}</Link>
        </Fact>
      )}
      <Fact name={t("facts.happened")}>
        <Clock at={occurredAt} />
      </Fact>
      {webhook && (
        <Fact name={t(CAME[webhook.origin], { topic: webhook.topic })}>
          <Clock at={webhook.receivedAt} />
        </Fact>
      )}
      {webhook && <Fact name={t("facts.id")}>{webhook.webhookId}</Fact>}
      <Fact name={t("facts.owed")}>
        <Clock at={createdAt} />
      </Fact>
      {state === "due" && (
        <Fact name={t("facts.triedUntil")}>
          <Clock at={deadlineAt} />
        </Fact>
      )}
      {settledAt && (
        <Fact name={t("facts.settled")}>
          <Clock at={settledAt} />
        </Fact>
      )}
    </Facts>
  );
}
