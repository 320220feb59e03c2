// Where somebody ends who did not come from Shopify: the app is opened from there.
import { Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export default function Login() {
  const { t } = useTranslation("shell");
  return (
    <main>
      <Page narrowWidth title="Switchyard">
        <div className="outside">
          <Text as="p" variant="bodyLg">
            {t("outside.login")}
          </Text>
        </div>
      </Page>
    </main>
  );
}
