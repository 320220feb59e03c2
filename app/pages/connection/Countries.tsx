// Countries, picked from a list by their names.
import { BlockStack, InlineStack, Select, Tag } from "@shopify/polaris";
import { useState } from "react";
import { COUNTRIES, countryNamed } from "../../base/countries.ts";
import { useAwake } from "../awake.ts";
import { useUnsaved } from "../unsaved.tsx";

export function Countries({ stored, error }: { stored: string[]; error?: string }) {
  const [chosen, setChosen] = useState(stored);
  useUnsaved(chosen.join() !== stored.join());
  const awake = useAwake();
  const nameOf = (code: string) => (awake && countryNamed(code)) || code;
  const free = awake ? COUNTRIES.filter(({ code }) => !chosen.includes(code)) : [];
  const options = [
    { value: "", label: chosen.length === 0 ? "All countries" : "Add another one" },
    ...free.map(({ code, name }) => ({ value: code, label: name })),
  ];
  return (
    <BlockStack gap="200">
      <Select
        label="Only orders that go to these countries"
        helpText="None chosen: all countries. Test orders never count."
        options={options}
        value=""
        onChange={(code) => code && setChosen([...chosen, code])}
        error={error}
      />
      {chosen.length > 0 && (
        <InlineStack gap="200">
          {chosen.map((code) => (
            <Tag key={code} onRemove={() => setChosen(chosen.filter((one) => one !== code))}>
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
