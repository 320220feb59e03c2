// What needs somebody beside the deliveries below: the same points as on Home.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import type { Point } from "../home/point.ts";

export function NeedsCard({ points }: { points: Point[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          To be mended
        </Text>
        <ul className="points">
          {points.map(({ says, url, action }) => (
            <li key={says}>
              <Text as="span" breakWord>
                {says}
              </Text>{" "}
              <Link url={url}>{action}</Link>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
