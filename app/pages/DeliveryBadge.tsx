// What became of one delivery, in a word and a shape.
import { Badge } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useWords } from "./words.ts";

interface Props {
  state: string;
  alreadyHad?: boolean;
  deliveredAs?: string;
}

export function DeliveryBadge({ state, alreadyHad, deliveredAs }: Props) {
  const { t } = useTranslation("shell");
  const { word, tone, progress } = useWords().delivery(state, deliveredAs);
  return (
    <Badge tone={tone} progress={progress}>
      {alreadyHad && state === "delivered" ? t("delivery.alreadyHad") : word}
    </Badge>
  );
}

export function ConnectionBadge({ state }: { state: string }) {
  const { word, tone, progress } = useWords().connection(state);
  return (
    <Badge tone={tone} progress={progress}>
      {word}
    </Badge>
  );
}
