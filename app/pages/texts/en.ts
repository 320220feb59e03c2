// English: what the other languages fall back on, and where the keys' types come from.
import shell from "./en/shell.json";
import { reasons } from "./reasons.ts";

export const english = { shell, reasons };
