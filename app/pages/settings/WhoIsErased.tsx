// Whom an erasure would be about: named and counted, or not known; only who is known can be erased.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { LookedUp } from "../../delivery/erasure/look-up.ts";
import { Confirm } from "../Confirm.tsx";
import { type Formats, useFormats } from "../formats.ts";

interface Props {
  looked: SerializeFrom<LookedUp>;
  /** They were asked for by a customer’s id. */
  byId: boolean;
  loading: boolean;
  onErase: () => void;
}

export function WhoIsErased({ looked, byId, loading, onErase }: Props) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  if (looked.is === "order") return <Text as="p">{t("erase.isOrder", { name: looked.name })}</Text>;
  if (looked.is === "not known") return <Text as="p">{t(byId ? "erase.unknownId" : "erase.unknownGuest")}</Text>;
  const who = whoIs(looked, t, formats);
  return (
    <BlockStack gap="300" inlineAlign="start">
      <Text as="p" breakWord>
        {who} {looked.before && t("erase.before")}
      </Text>
      <Confirm
        label={t("erase.erase")}
        title={t("erase.ask")}
        says={t("erase.says", { who })}
        loading={loading}
        onConfirm={onErase}
      />
    </BlockStack>
  );
}

const MOST = 5;

/** "Customer 42 (anna@example.com): 2 orders (#1001, #1002). Told to ShopiMind." */
function whoIs(
  { customers, emails, orders, told }: Extract<Props["looked"], { is: "known" }>,
  t: TFunction<"settings">,
  { list }: Formats,
): string {
  const kind = customers.length > 0 ? "customer" : "guest";
  const values = { ids: list(customers), mails: emails.join(", ") };
  const who = emails.length > 0 ? t(`erase.who.${kind}Mails`, values) : t(`erase.who.${kind}`, values);
  const names = orders.length > MOST ? `${orders.slice(-MOST).join(", ")}, …` : orders.join(", ");
  const line =
    orders.length === 0
      ? t("erase.who.noOrders", { who })
      : t("erase.who.orders", { who, count: orders.length, names });
  return told.length === 0
    ? line
    : [line, t("erase.who.told", { count: told.length, names: told.join(", ") })].join(" ");
}
