// Deliveries that ended alike: the vendor's words, what can be done, and the decision.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { type AttentionGroup, LOOKED_AT } from "../../delivery/ledger/attention.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { count, sums } from "../money.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { Advice } from "./Advice.tsx";
import { adviceFor } from "./advice.ts";
import { Decide, type Decision, type Vendor, whyNot } from "./Decide.tsx";

interface Props {
  group: SerializeFrom<AttentionGroup>;
  vendor: Vendor;
  now: string;
  decision: Decision;
}

export function AttentionCard({ group, vendor, now, decision }: Props) {
  const { connectionName, connectionState, replayable } = group;
  const ended = connectionState === "disconnected";
  const name = ended ? `${connectionName} (disconnected)` : connectionName;
  const { state, reason, says, orders, worth, sampleIds, oldest, destination, connectionId } = group;
  const about = [orders > 0 ? count(orders, "order") : "", worth.length > 0 ? sums(worth) : ""].filter(Boolean);
  const page = ended ? null : `/app/${destination}/${connectionId}`;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {name}: {count(group.count, "delivery", "deliveries")}
          </Text>
          <DeliveryBadge state={state} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {about.length > 0 && `${about.join(", ")}. `}The oldest came <Ago at={oldest} now={now} />.
        </Text>
        {says && <blockquote className="quote">{sentence(says)}</blockquote>}
        {replayable > 0 ? (
          <Advice
            advice={adviceFor(state, reason)}
            {...{ vendor, page, name: connectionName, sampleId: sampleIds[0] }}
          />
        ) : (
          <Text as="p">{whyNot(connectionName, vendor.name, connectionState, "them")}</Text>
        )}
        {replayable > 0 && replayable < group.count && group.count <= LOOKED_AT && (
          <Text as="p">{count(replayable, "delivery", "deliveries")} of them can be sent again.</Text>
        )}
        <InlineStack gap="300" blockAlign="center">
          <Decide
            fields={{ connectionId, state, reason: JSON.stringify(reason), key: group.key }}
            state={state}
            vendor={vendor}
            replayable={replayable > 0}
            decision={decision}
          />
          <Link
            url={`/app/attention/group?${new URLSearchParams({ connection: connectionId, state, key: group.key })}`}
            accessibilityLabel={`Choose among the ${count(group.count, "delivery", "deliveries")} of ${name}`}
          >
            Choose one by one
          </Link>
          {page && <Link url={page}>Settings</Link>}
          {sampleIds.map((id, at) => (
            <Link key={id} url={`/app/deliveries/${id}`} accessibilityLabel={`Delivery ${id} of ${connectionName}`}>
              {at === 0 ? "How one of them went" : at === 1 ? "Another one" : "One more"}
            </Link>
          ))}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
