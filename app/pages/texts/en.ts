// English: what the other languages fall back on, and where the keys' types come from.
import accuracy from "./en/accuracy.json";
import backfill from "./en/backfill.json";
import figures from "./en/figures.json";
import missed from "./en/missed.json";
import privacy from "./en/privacy.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import { reasons } from "./reasons.ts";

export const english = { shell, accuracy, backfill, figures, missed, privacy, settings, reasons };
