// The last error of a connection, while it lasts: a sentence of ours, and the vendor's own words below it.
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../formats.ts";
import { sentence } from "../words.ts";
import type { ConnectionState } from "./state.ts";

export function LastError({ error, now }: { error: ConnectionState["lastError"]; now: string }) {
  const { t } = useTranslation("connection");
  const { ago } = useFormats();
  if (!error) return null;
  const passed = ago(Date.parse(now) - Date.parse(error.at));
  return (
    <div>
      <Text as="p">{t("state.lastError", { ago: passed, says: sentence(error.says) })}</Text>
      {error.words && <blockquote className="quote">{sentence(error.words)}</blockquote>}
    </div>
  );
}
