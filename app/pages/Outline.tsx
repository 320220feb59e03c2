// The outline of a page that is on its way.
import { BlockStack, Card, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from "@shopify/polaris";

const CARDS = [3, 6, 4];

export const Outline = () => (
  <SkeletonPage>
    <BlockStack gap="400">
      {CARDS.map((lines) => (
        <Card key={lines}>
          <BlockStack gap="400">
            <SkeletonDisplayText size="small" />
            <SkeletonBodyText lines={lines} />
          </BlockStack>
        </Card>
      ))}
    </BlockStack>
  </SkeletonPage>
);
