// The connections that a shop has to one destination, to go from one to the other.
import { Card, InlineStack, Link, Text } from "@shopify/polaris";
import { ConnectionBadge } from "../DeliveryBadge.tsx";

interface Props {
  slug: string;
  siblings: { id: string; name: string; state: string }[];
  current: string | null;
}

export function Siblings({ slug, siblings, current }: Props) {
  return (
    <Card>
      <InlineStack gap="500">
        {siblings.map(({ id, name, state }) => (
          <InlineStack gap="200" blockAlign="center" key={id}>
            {id === current ? (
              <Text as="span" fontWeight="semibold">
                {name}
              </Text>
            ) : (
              <Link url={`/app/${slug}/${id}`}>{name}</Link>
            )}
            <ConnectionBadge state={state} />
          </InlineStack>
        ))}
      </InlineStack>
    </Card>
  );
}
