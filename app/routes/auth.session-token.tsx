// The page that App Bridge (in the document's head) leaves at once, with a fresh session token, for where `shopify-reload` says.
import { Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export default function Opening() {
  const { t } = useTranslation("shell");
  return (
    <Page narrowWidth>
      <Text as="p" tone="subdued">
        {t("outside.opening")}
      </Text>
    </Page>
  );
}
