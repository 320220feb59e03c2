// Somebody else saved the same form meanwhile: what changed, by whom, and the choice between theirs and mine.

import { useRouteLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Button, InlineStack, List } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../formats.ts";
import { useWho } from "../who.ts";
import { changesOf, type Saved, useChangeWords } from "./changes.ts";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  /** With what the form began, and what is stored now. */
  before: Saved;
  after: Saved & { saved: { by: string; at: string } | null };
  now: string;
  onTheirs: () => void;
  onMine: () => void;
}

export function StaleBanner({ sheet, before, after, now, onTheirs, onMine }: Props) {
  const { t } = useTranslation("connection");
  const me = (useRouteLoaderData("routes/app") as { user: string } | undefined)?.user ?? "";
  const { did } = useWho();
  const { ago } = useFormats();
  const told = useChangeWords(sheet);
  const changes = changesOf(before, after).flatMap(told);
  const { saved } = after;
  return (
    <Banner tone="warning" title={t("stale.title")}>
      <BlockStack gap="200" inlineAlign="start">
        <p>
          {saved
            ? t("stale.by", { who: did(saved.by, me), ago: ago(Date.parse(now) - Date.parse(saved.at)) })
            : t("stale.somebody")}
        </p>
        <List>
          {(changes.length > 0 ? changes : [t("stale.secret")]).map((change) => (
            <List.Item key={change}>{change}</List.Item>
          ))}
        </List>
        <InlineStack gap="300">
          <Button onClick={onTheirs}>{t("stale.theirs")}</Button>
          <Button onClick={onMine}>{t("stale.mine")}</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
