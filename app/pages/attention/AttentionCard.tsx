// Deliveries that ended alike: the vendor's words, what can be done, and the decision.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { AttentionGroup } from "../../delivery/ledger/attention.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { count, sums } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { Decide, type Decision, type Vendor, whyNot } from "./Decide.tsx";

interface Props {
  group: SerializeFrom<AttentionGroup>;
  vendor: Vendor;
  now: string;
  decision: Decision;
}

export function AttentionCard({ group, vendor, now, decision }: Props) {
  const tell = useReason();
  const { connectionName, connectionState, replayable } = group;
  const ended = connectionState === "disconnected";
  const name = ended ? `${connectionName} (disconnected)` : connectionName;
  const { state, reason, orders, worth, sampleIds, oldest, destination, connectionId } = group;
  const about = [orders > 0 ? count(orders, "order") : "", worth.length > 0 ? sums(worth) : ""].filter(Boolean);
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
        {reason && <blockquote className="quote">{sentence(tell(reason))}</blockquote>}
        <Text as="p">
          {replayable > 0 ? ADVICE[state](vendor) : whyNot(connectionName, vendor.name, connectionState, "them")}
        </Text>
        {replayable > 0 && replayable < group.count && (
          <Text as="p">{count(replayable, "delivery", "deliveries")} of them can be sent again.</Text>
        )}
        <InlineStack gap="300" blockAlign="center">
          <Decide
            fields={{ connectionId, state, reason: JSON.stringify(reason) }}
            state={state}
            vendor={vendor}
            replayable={replayable > 0}
            decision={decision}
          />
          {!ended && <Link url={`/app/${destination}/${connectionId}`}>Settings</Link>}
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

const ADVICE: Record<AttentionGroup["state"], (vendor: Vendor) => string> = {
  refused: ({ name }) => `Mend what ${name} names, then send again. What you dismiss stays undelivered.`,
  unknown: ({ name, asks }) =>
    asks
      ? `They may have arrived, and ${name} could not tell whether it has them. “Send again” asks it once more, and sends what it does not have.`
      : `They may have arrived, and ${name} cannot be asked. Look there whether it has them: sent again, what did arrive may count twice.`,
  expired: ({ name }) => `They waited too long. They can be sent again only while ${name} still takes them.`,
};
