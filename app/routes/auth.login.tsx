// Where somebody ends who did not come from Shopify: the app is opened from there.
import { Page, Text } from "@shopify/polaris";

export default function Login() {
  return (
    <Page narrowWidth title="Switchyard">
      <Text as="p" variant="bodyLg">
        Open Switchyard from your Shopify admin, under Apps. There is nothing to sign in to here.
      </Text>
    </Page>
  );
}
