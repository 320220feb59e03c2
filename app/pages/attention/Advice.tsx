// What to do about a group, in a sentence, with the button that does it.
import { Button, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { type AdviceClass, LEADS } from "./advice.ts";
import type { Vendor } from "./Decide.tsx";

interface Props {
  advice: AdviceClass;
  vendor: Vendor;
  /** Of the connection. */
  name: string;
  /** The connection's page; null: it is no more. */
  page: string | null;
  /** Of one of the deliveries. */
  sampleId: string;
}

export function Advice({ advice, vendor, name, page, sampleId }: Props) {
  const { t } = useTranslation("attention");
  const toProof = LEADS[advice] === "proof";
  const url = toProof ? `/app/deliveries/${sampleId}` : LEADS[advice] && page;
  return (
    <InlineStack gap="300" blockAlign="center">
      <Text as="p">
        {t(`advice.${advice === "doubt" && vendor.asks ? "doubtAsks" : advice}`, { vendor: vendor.name })}
      </Text>
      {url && <Button url={url}>{toProof ? t("advice.proof") : t("advice.open", { name })}</Button>}
    </InlineStack>
  );
}
