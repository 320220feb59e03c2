// English: what the other languages fall back on, and where the keys' types come from.
import accuracy from "./en/accuracy.json";
import activity from "./en/activity.json";
import alerts from "./en/alerts.json";
import attention from "./en/attention.json";
import backfill from "./en/backfill.json";
import connection from "./en/connection.json";
import figures from "./en/figures.json";
import home from "./en/home.json";
import missed from "./en/missed.json";
import orders from "./en/orders.json";
import preview from "./en/preview.json";
import privacy from "./en/privacy.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import storefront from "./en/storefront.json";
import story from "./en/story.json";
import { reasons } from "./reasons.ts";

export const english = {
  accuracy,
  activity,
  alerts,
  attention,
  backfill,
  connection,
  figures,
  home,
  missed,
  orders,
  preview,
  privacy,
  reasons,
  settings,
  shell,
  storefront,
  story,
};
