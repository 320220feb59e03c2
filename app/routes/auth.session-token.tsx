// The page that App Bridge (in the document's head) leaves at once, with a fresh session token, for where `shopify-reload` says.
import { Page, Text } from "@shopify/polaris";

export default function Opening() {
  return (
    <Page narrowWidth>
      <Text as="p" tone="subdued">
        Opening Switchyard…
      </Text>
    </Page>
  );
}
