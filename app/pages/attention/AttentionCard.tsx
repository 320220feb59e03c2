// Deliveries that ended alike: the vendor's words, what can be done, and the decision.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { Trans, useTranslation } from "react-i18next";
import type { AttentionGroup } from "../../delivery/ledger/attention.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { Advice } from "./Advice.tsx";
import { adviceFor, LEADS } from "./advice.ts";
import { Decide, type Decision, useWhyNot, type Vendor } from "./Decide.tsx";

type Group = SerializeFrom<AttentionGroup>;
interface Props {
  group: Group;
  vendor: Vendor;
  /** So many of it were looked at, whether they could be sent again. */
  lookedAt: number;
  now: string;
  decision: Decision;
}

export function AttentionCard({ group, vendor, lookedAt, now, decision }: Props) {
  const { t } = useTranslation("attention");
  const tell = useReason();
  const whyNot = useWhyNot();
  const { connectionName, connectionState, replayable, count } = group;
  const ended = connectionState === "disconnected";
  const name = ended ? t("group.disconnected", { name: connectionName }) : connectionName;
  const { state, reason, sampleId, destination, connectionId } = group;
  const page = ended ? null : `/app/${destination}/${connectionId}`;
  const advice = replayable > 0 ? adviceFor(state, reason) : null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t("group.title", { name, count })}
          </Text>
          <DeliveryBadge state={state} />
        </InlineStack>
        <About group={group} now={now} />
        {reason && <blockquote className="quote">{sentence(tell(reason))}</blockquote>}
        {advice ? (
          <Advice advice={advice} {...{ vendor, page, name: connectionName, sampleId }} />
        ) : (
          <Text as="p">{whyNot(connectionName, vendor.name, connectionState, "them")}</Text>
        )}
        {replayable > 0 && replayable < count && count <= lookedAt && (
          <Text as="p">{t("group.some", { count: replayable })}</Text>
        )}
        <InlineStack gap="300" blockAlign="center">
          <Decide
            fields={{ connectionId, state, reason: JSON.stringify(reason) }}
            {...{ state, vendor, replayable: replayable > 0, decision }}
          />
          <More group={group} name={name} page={page} sample={!advice || LEADS[advice] !== "proof"} />
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function About({ group: { orders, worth, oldest }, now }: { group: Group; now: string }) {
  const { sums } = useFormats();
  const key = orders === 0 ? "group.oldest" : worth.length > 0 ? "group.oldestWorth" : "group.oldestOrders";
  return (
    <Text as="p" tone="subdued">
      <Trans
        ns="attention"
        i18nKey={key}
        count={orders}
        values={{ worth: sums(worth) }}
        components={{ ago: <Ago at={oldest} now={now} /> }}
      />
    </Text>
  );
}

interface MoreProps {
  group: Group;
  name: string;
  page: string | null;
  /** Does nothing else lead to one of the deliveries? */
  sample: boolean;
}

function More({ group, name, page, sample }: MoreProps) {
  const { t } = useTranslation("attention");
  const tell = useReason();
  const { connectionId, connectionName, state, reason, key, sampleId } = group;
  const query = new URLSearchParams({ connection: connectionId, state, key });
  return (
    <>
      <Link
        url={`/app/attention/group?${query}`}
        accessibilityLabel={t("group.chooseOf", { name, reason: reason ? tell(reason) : state })}
      >
        {t("group.choose")}
      </Link>
      {page && (
        <Link url={page} accessibilityLabel={t("group.settingsOf", { name })}>
          {t("group.settings")}
        </Link>
      )}
      {sample && (
        <Link
          url={`/app/deliveries/${sampleId}`}
          accessibilityLabel={t("group.sampleOf", { id: sampleId, name: connectionName })}
        >
          {t("group.sample")}
        </Link>
      )}
    </>
  );
}
