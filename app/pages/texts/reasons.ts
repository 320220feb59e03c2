// The reasons in English: their sentences stand beside their codes, and name their values as the catalogue does.
import { ROAD_REASONS } from "../../delivery/reasons.ts";
import { COMMON_REASONS } from "../../destinations/reasons.ts";
import { EVENT_REASONS } from "../../events/reasons.ts";
import { SHOPIFY_REASONS } from "../../shopify/reasons.ts";

type Sentences = Record<string, string>;
const vendors = Object.values(
  import.meta.glob<Sentences>("../../destinations/*/reasons.ts", { eager: true, import: "REASONS" }),
);

export const reasons: Sentences = Object.fromEntries(
  [SHOPIFY_REASONS, EVENT_REASONS, COMMON_REASONS, ...vendors, ROAD_REASONS].flatMap((sentences) =>
    Object.entries(sentences).map(([code, sentence]) => [code, sentence.replace(/\{(\w+)\}/g, "{{$1}}")]),
  ),
);
