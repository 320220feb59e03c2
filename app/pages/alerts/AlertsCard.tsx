// How a merchant is told of alerts beside the pages: an address of theirs, Slack, mail; and from where on something is one.
import { BlockStack, Card, Divider, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Limits } from "../../delivery/alerts/limits.ts";
import type { AlertWays } from "../../delivery/alerts/ways.ts";
import type { ShopSaved } from "../../delivery/shop-saved.ts";
import { AddressForm } from "./AddressForm.tsx";
import { LimitsForm } from "./LimitsForm.tsx";
import { MailForm } from "./MailForm.tsx";

interface Props {
  ways: AlertWays;
  limits: Limits;
  /** Has this installation a mail server? */
  mailServer: boolean;
  saved: ShopSaved;
}

export function AlertsCard({ ways, limits, mailServer, saved }: Props) {
  const { t } = useTranslation("alerts");
  const was = (what: keyof ShopSaved) => saved[what]?.at ?? "";
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("card.title")}
          </Text>
          <Text as="p">{t("card.about")}</Text>
        </BlockStack>
        <AddressForm way="webhook" stored={ways.webhook} was={was("alert-url")} />
        <Divider />
        <AddressForm way="slack" stored={ways.slack} was={was("alert-slack")} />
        <Divider />
        <MailForm stored={ways.mail} server={mailServer} was={was("alert-mail")} />
        <Divider />
        <LimitsForm limits={limits} was={was("alert-limits")} />
      </BlockStack>
    </Card>
  );
}
