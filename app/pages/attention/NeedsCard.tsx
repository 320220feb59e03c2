// What needs somebody beside the deliveries below: the same points as on Home.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Point } from "../home/point.ts";

export function NeedsCard({ points }: { points: Point[] }) {
  const { t } = useTranslation("attention");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("needs.title")}
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
