// Countries, picked from a list by their names.
import { BlockStack, InlineStack, Select, Tag } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { countriesIn, countryNamed } from "../../base/countries.ts";
import { useAwake } from "../awake.ts";

interface Props {
  stored: string[];
  error?: string;
  /** Something was taken out: no input of the form says so by itself. */
  onChange: () => void;
}

export function Countries({ stored, error, onChange }: Props) {
  const { t, i18n } = useTranslation("connection");
  const [chosen, setChosen] = useState(stored);
  const awake = useAwake();
  const nameOf = (code: string) => (awake && countryNamed(code, i18n.language)) || code;
  const free = awake ? countriesIn(i18n.language).filter(({ code }) => !chosen.includes(code)) : [];
  const options = [
    { value: "", label: chosen.length === 0 ? t("rules.allCountries") : t("rules.anotherCountry") },
    ...free.map(({ code, name }) => ({ value: code, label: name })),
  ];
  const remove = (code: string) => {
    setChosen(chosen.filter((one) => one !== code));
    onChange();
  };
  return (
    <BlockStack gap="200">
      <Select
        label={t("rules.countries")}
        helpText={t("rules.countriesHelp")}
        options={options}
        value=""
        onChange={(code) => code && setChosen([...chosen, code])}
        error={error}
      />
      {chosen.length > 0 && (
        <InlineStack gap="200">
          {chosen.map((code) => (
            <Tag key={code} onRemove={() => remove(code)}>
              {nameOf(code)}
            </Tag>
          ))}
        </InlineStack>
      )}
      {chosen.map((code) => (
        <input key={code} type="hidden" name="countries[]" value={code} />
      ))}
    </BlockStack>
  );
}
