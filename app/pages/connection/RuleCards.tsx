// The rules of a connection, each kind in a card of its own: which orders count, consent, and the events that it gets.
import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ShopChannel } from "../../delivery/connections/channels.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import type { Errors } from "./errors.ts";
import { Kinds } from "./Kinds.tsx";
import { Consent, OrderRules } from "./RuleFields.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  rules: Rules;
  channels: ShopChannel[];
  errors: Errors;
  onChange: () => void;
}

export function RuleCards({ sheet, rules, channels, errors, onChange }: Props) {
  const { t } = useTranslation("connection");
  return (
    <>
      <Headed heading={t("events.heading")}>
        <Kinds sheet={sheet} rules={rules} error={errors["rules.kinds"]} />
      </Headed>
      {sheet.kinds.includes("order.placed") && (
        <Headed heading={t("rules.heading")}>
          <OrderRules {...{ rules, channels, errors, onChange }} />
        </Headed>
      )}
      {sheet.asksConsent && (
        <Headed heading={t("consent.heading")}>
          <Consent rules={rules} sheet={sheet} />
        </Headed>
      )}
    </>
  );
}

function Headed({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {heading}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}
