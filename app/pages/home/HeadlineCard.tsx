// The first thing on Home: whether all is well.
import { BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { Headline } from "./headline.ts";

/** A sign and its colour; the title says the same in words. */
const SIGN: Record<Headline["mood"], string> = { new: "↓", well: "✓", unproved: "?", waiting: "…", trouble: "!" };

export function HeadlineCard({ mood, title, says, points }: Headline) {
  return (
    <Card padding={{ xs: "400", sm: "600" }}>
      <BlockStack gap="400">
        <InlineStack gap="300" wrap={false} blockAlign="center">
          <span className={`sign sign-${mood}`} aria-hidden="true">
            {SIGN[mood]}
          </span>
          <BlockStack gap="050">
            <Text as="h2" variant="headingLg">
              {title}
            </Text>
            <Text as="p" tone="subdued">
              {says}
            </Text>
          </BlockStack>
        </InlineStack>
        {points.length > 0 && (
          <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="400">
            <ul className="points">
              {points.map((point) => (
                <li key={point.says}>
                  <Text as="span" breakWord>
                    {point.says}
                  </Text>{" "}
                  <Link url={point.url}>{point.action}</Link>
                </li>
              ))}
            </ul>
          </Box>
        )}
      </BlockStack>
    </Card>
  );
}
