// That only the deliveries of one connection are shown, and the way to all of them.
import { Card, Link, Text } from "@shopify/polaris";
import { Trans, useTranslation } from "react-i18next";

export function OnlyLine({ name, isNothing }: { name: string; isNothing: boolean }) {
  const { t } = useTranslation("attention");
  return (
    <Card>
      {isNothing && <Text as="p">{t("page.nothingOf", { name })}</Text>}
      <Text as="p">
        <Trans ns="attention" i18nKey="page.only" values={{ name }} components={{ a: <Link url="/app/attention" /> }} />
      </Text>
    </Card>
  );
}
