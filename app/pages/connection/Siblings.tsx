// The connections that a shop has to one destination, to go from one to the other.
import { Card, InlineStack, Link, Text } from "@shopify/polaris";
import { ConnectionBadge } from "../DeliveryBadge.tsx";
import { type ConnectionState, shownState } from "./state.ts";

interface Props {
  slug: string;
  siblings: ConnectionState[];
  current: string | null;
}

export function Siblings({ slug, siblings, current }: Props) {
  return (
    <Card>
      <InlineStack gap="500">
        {siblings.map((one) => (
          <InlineStack gap="200" blockAlign="center" key={one.id}>
            {one.id === current ? (
              <Text as="span" fontWeight="semibold">
                {one.name}
              </Text>
            ) : (
              <Link url={`/app/${slug}/${one.id}`}>{one.name}</Link>
            )}
            <ConnectionBadge state={shownState(one)} />
          </InlineStack>
        ))}
      </InlineStack>
    </Card>
  );
}
