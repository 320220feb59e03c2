// The merchant's choices for a connection: which orders count, and what unknown consent means.
import { BlockStack, Checkbox, ChoiceList, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopChannel } from "../../delivery/connections/channels.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import { Countries } from "./Countries.tsx";
import type { Errors } from "./errors.ts";
import type { Sheet } from "./sheet.ts";

interface OrderProps {
  rules: Rules;
  /** Of this shop's orders. */
  channels: ShopChannel[];
  errors: Errors;
  onChange: () => void;
}

export function OrderRules({ rules, channels, errors, onChange }: OrderProps) {
  const { t } = useTranslation("connection");
  const [when, setWhen] = useState<string[]>([rules.purchaseWhen]);
  return (
    <BlockStack gap="400">
      <ChoiceList
        name="purchaseWhen"
        title={t("rules.when")}
        selected={when}
        onChange={setWhen}
        choices={[
          { value: "placed", label: t("rules.placed") },
          { value: "paid", label: t("rules.paid"), helpText: t("rules.paidHelp") },
        ]}
      />
      <fieldset className="choices">
        <legend>{t("rules.channels")}</legend>
        <Switch name="countOnline" label={t("rules.online")} on={rules.countOnline} />
        <Switch name="countDrafts" label={t("rules.drafts")} on={rules.countDrafts} />
        <Switch name="countPos" label={t("rules.pos")} on={rules.countPos} />
        <Switch name="countSubscriptions" label={t("rules.subscriptions")} on={rules.countSubscriptions} />
      </fieldset>
      <Channels rules={rules} channels={channels} />
      <Tags name="onlyTags" rules={rules} error={errors["rules.onlyTags"]} />
      <Tags name="exceptTags" rules={rules} error={errors["rules.exceptTags"]} />
      <Countries stored={rules.countries} error={errors["rules.countries"]} onChange={onChange} />
    </BlockStack>
  );
}

/** As this shop's orders show them; one that is switched on stays in the list though no order shows it any more. */
function Channels({ rules, channels }: Pick<OrderProps, "rules" | "channels">) {
  const { t } = useTranslation("connection");
  const [on, setOn] = useState<string[]>(rules.channels);
  const names = new Map([
    ...rules.channels.map((id) => [id, id] as const),
    ...channels.map(({ id, name }) => [id, name] as const),
  ]);
  if (names.size === 0) return <Text as="p">{t("rules.othersHelp")}</Text>;
  return (
    <ChoiceList
      name="channels"
      title={t("rules.others")}
      allowMultiple
      selected={on}
      onChange={setOn}
      choices={[...names].map(([value, channel]) => ({ value, label: t("rules.by", { channel }) }))}
    />
  );
}

function Tags({ name, rules, error }: { name: "onlyTags" | "exceptTags"; rules: Rules; error?: string }) {
  const { t } = useTranslation("connection");
  const [tags, setTags] = useState(rules[name].join(", "));
  return (
    <TextField
      name={name}
      label={t(`rules.${name}`)}
      helpText={t(`rules.${name}Help`)}
      value={tags}
      onChange={setTags}
      error={error}
      autoComplete="off"
    />
  );
}

export function Consent({ rules, sheet }: { rules: Rules; sheet: Sheet }) {
  const { t } = useTranslation("connection");
  const [choice, setChoice] = useState<string[]>([rules.unknownConsent]);
  const vendor = sheet.name;
  if (!sheet.asksConsent) return null;
  return (
    <ChoiceList
      name="unknownConsent"
      title={t(`consent.${sheet.asksConsent}`)}
      selected={choice}
      onChange={setChoice}
      choices={[
        { value: "without contact", label: t("consent.without"), helpText: t("consent.withoutHelp", { vendor }) },
        { value: "send", label: t("consent.send"), helpText: t("consent.sendHelp", { vendor }) },
        { value: "skip", label: t("consent.skip"), helpText: t("consent.skipHelp", { vendor }) },
      ]}
    />
  );
}

function Switch({ name, label, on }: { name: string; label: string; on: boolean }) {
  const [checked, setChecked] = useState(on);
  return <Checkbox name={name} label={label} checked={checked} onChange={setChecked} />;
}
