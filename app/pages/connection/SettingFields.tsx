// The inputs of a destination's settings, drawn from its data sheet.
import { BlockStack, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { sentence } from "../words.ts";
import type { SheetField } from "./sheet.ts";

interface Props {
  fields: SheetField[];
  /** What is stored; never a secret. */
  settings: Record<string, string>;
  secretsSet: string[];
  errors: Record<string, string>;
}

export function SettingFields({ fields, settings, secretsSet, errors }: Props) {
  const draw = (field: SheetField) => (
    <Input
      key={field.key}
      field={field}
      stored={settings[field.key] || field.default}
      isStored={secretsSet.includes(field.key)}
      error={errors[field.key]}
    />
  );
  const rare = fields.filter(isRare);
  return (
    <BlockStack gap="400">
      {fields.filter((field) => !isRare(field)).map(draw)}
      {rare.length > 0 && (
        <details open={rare.some(({ key }) => errors[key]) || undefined}>
          <summary>Settings that seldom need a change</summary>
          <BlockStack gap="400">{rare.map(draw)}</BlockStack>
        </details>
      )}
    </BlockStack>
  );
}

/** It works as it is for nearly everybody. */
const isRare = (field: SheetField) => field.optional && field.default !== "" && field.choices.length === 0;

function Input({
  field,
  stored,
  isStored,
  error,
}: {
  field: SheetField;
  stored: string;
  isStored: boolean;
  error?: string;
}) {
  const [value, setValue] = useState(field.secret ? "" : stored);
  const common = {
    name: `settings.${field.key}`,
    label: field.optional ? `${field.label} (optional)` : field.label,
    value,
    onChange: setValue,
    error: error && sentence(error),
    helpText: [field.help, field.where && `Where to find it: ${field.where}.`.replace(/\.\.$/, ".")]
      .filter(Boolean)
      .join(" "),
  };
  if (field.choices.length > 0) {
    const first = field.choices[0]?.value ?? "";
    return <Select {...common} value={value || first} options={field.choices} />;
  }
  return (
    <TextField
      {...common}
      type={field.secret ? "password" : "text"}
      placeholder={field.secret && isStored ? "•••••••• stored; leave empty to keep it" : undefined}
      autoComplete={field.secret ? "new-password" : "off"}
      spellCheck={false}
    />
  );
}
