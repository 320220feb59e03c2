// What Shopify has not told the app, or does not let it have, and what becomes of it; nothing where all is there.
import { BlockStack, Card, Text } from "@shopify/polaris";
import type { Lacks } from "../../shopify/set-up.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

export function LacksCard({ lacks: { token, facts, language } }: { lacks: Lacks }) {
  const tell = useReason();
  const says = [
    token && sentence(tell(token)),
    facts && `The shop’s currency and time zone: ${sentence(tell(facts))}`,
    language && `The shop’s language: ${sentence(tell(language))}`,
  ].filter((one) => one !== null);
  if (says.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          What Shopify has not told
        </Text>
        {says.map((one) => (
          <Text as="p" key={one}>
            {one}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}
