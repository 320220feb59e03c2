// What became of one delivery, in a word and a shape.
import { Badge } from "@shopify/polaris";
import { connectionWords, deliveryWords } from "./words.ts";

interface Props {
  state: string;
  alreadyHad?: boolean;
  deliveredAs?: string;
}

export function DeliveryBadge({ state, alreadyHad, deliveredAs }: Props) {
  const { word, tone, progress } = deliveryWords(state, deliveredAs);
  return (
    <Badge tone={tone} progress={progress}>
      {alreadyHad && state === "delivered" ? "Already had it" : word}
    </Badge>
  );
}

export function ConnectionBadge({ state }: { state: string }) {
  const { word, tone, progress } = connectionWords(state);
  return (
    <Badge tone={tone} progress={progress}>
      {word}
    </Badge>
  );
}
