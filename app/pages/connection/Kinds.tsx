// Which events a connection gets, each with what it becomes at its vendor; and whether the vendor's own app sends them already.
import { BlockStack, Checkbox, ChoiceList } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rules } from "../../delivery/connections/rules.ts";
import { useWords } from "../words.ts";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  rules: Rules;
  error?: string;
}

export function Kinds({ sheet, rules, error }: Props) {
  const { t } = useTranslation("connection");
  const { kind: kindWords } = useWords();
  const becomes = useBecomes(sheet);
  const [ownApp, setOwnApp] = useState(rules.ownApp);
  const [on, setOn] = useState(sheet.kinds.filter((kind) => !rules.kindsOff.includes(kind as never)));
  const overlaps: string[] = sheet.ownApp?.overlaps ?? [];
  const answer = (active: boolean) => {
    setOwnApp(active);
    const others = on.filter((kind) => !overlaps.includes(kind));
    setOn(active ? others : sheet.kinds.filter((kind) => others.includes(kind) || overlaps.includes(kind)));
  };
  const sentAlready = (kind: string) => ownApp && overlaps.includes(kind);
  return (
    <BlockStack gap="400">
      {sheet.ownApp && (
        <Checkbox
          name="ownApp"
          label={sheet.ownApp.question}
          helpText={t("events.ownAppHelp")}
          checked={ownApp}
          onChange={answer}
        />
      )}
      <ChoiceList
        name="kinds"
        title={t("events.title")}
        error={error}
        allowMultiple
        selected={on}
        onChange={setOn}
        choices={sheet.kinds.map((kind) => ({
          value: kind,
          label: kindWords(kind),
          helpText: sentAlready(kind) ? t("events.overlap", { vendor: sheet.name }) : becomes(kind),
        }))}
      />
    </BlockStack>
  );
}

function useBecomes({ name: vendor, fields, becomes }: Sheet): (kind: string) => string {
  const { t } = useTranslation("connection");
  return (kind) => {
    const what = becomes[kind];
    if (what === undefined) return t("events.becomesNothing", { vendor });
    if (typeof what === "string") return t("events.becomes", { vendor, word: what });
    const label = fields.find(({ key }) => key === what.setting)?.label ?? what.setting;
    return t("events.becomesSetting", { vendor, setting: label });
  };
}
