// English: what the other languages fall back on, and where the keys' types come from.
import { ROAD_REASONS } from "../../delivery/reasons.ts";
import { COMMON_REASONS } from "../../destinations/reasons.ts";
import { EVENT_REASONS } from "../../events/reasons.ts";
import { SHOPIFY_REASONS } from "../../shopify/reasons.ts";
import accuracy from "./en/accuracy.json";
import activity from "./en/activity.json";
import backfill from "./en/backfill.json";
import connection from "./en/connection.json";
import figures from "./en/figures.json";
import missed from "./en/missed.json";
import orders from "./en/orders.json";
import preview from "./en/preview.json";
import privacy from "./en/privacy.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import story from "./en/story.json";

type Sentences = Record<string, string>;
const vendors = Object.values(
  import.meta.glob<Sentences>("../../destinations/*/reasons.ts", { eager: true, import: "REASONS" }),
);

/** The reasons' sentences stand beside their codes; their values are named as the catalogue names them. */
const reasons: Sentences = Object.fromEntries(
  [SHOPIFY_REASONS, EVENT_REASONS, COMMON_REASONS, ...vendors, ROAD_REASONS].flatMap((sentences) =>
    Object.entries(sentences).map(([code, sentence]) => [code, sentence.replace(/\{(\w+)\}/g, "{{$1}}")]),
  ),
);

export const english = {
  accuracy,
  activity,
  backfill,
  connection,
  figures,
  missed,
  orders,
  preview,
  privacy,
  reasons,
  settings,
  shell,
  story,
};
