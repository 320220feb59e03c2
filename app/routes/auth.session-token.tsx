// The page that App Bridge (in the document's head) leaves at once, with a fresh session token, for where `shopify-reload` says.
import { Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export default function Opening() {
  const { t } = useTranslation("shell");
  return (
    <main>
      <Page narrowWidth title={t("outside.opening")} />
    </main>
  );
}
