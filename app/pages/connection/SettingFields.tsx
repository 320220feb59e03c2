// The inputs of a destination's settings, drawn from its data sheet. A secret is only ever written: of the stored one its end is known, and when it was set.
import { BlockStack, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../formats.ts";
import { useZone } from "../time.tsx";
import type { Errors } from "./errors.ts";
import type { Sheet, SheetField } from "./sheet.ts";

export type Secrets = Record<string, { last: string; setAt: string | null }>;
interface Props {
  sheet: Sheet;
  /** What is stored; never a secret. */
  settings: Record<string, string>;
  secrets: Secrets;
  errors: Errors;
}

export function SettingFields({ sheet, settings, secrets, errors }: Props) {
  const { t } = useTranslation("connection");
  const { fields } = sheet;
  const draw = (field: SheetField) => (
    <Input
      key={field.key}
      field={field}
      stored={settings[field.key] || field.default}
      secret={secrets[field.key] ?? null}
      error={errors[field.key]}
    />
  );
  const rare = fields.filter(isRare);
  return (
    <BlockStack gap="400">
      {fields.filter((field) => !isRare(field)).map(draw)}
      {rare.length > 0 && (
        <details open={rare.some(({ key }) => errors[key]) || undefined}>
          <summary>{t("settings.rare")}</summary>
          <BlockStack gap="400">{rare.map(draw)}</BlockStack>
        </details>
      )}
    </BlockStack>
  );
}

/** It works as it is for nearly everybody. */
const isRare = (field: SheetField) => field.optional && field.default !== "" && field.choices.length === 0;

interface InputProps {
  field: SheetField;
  stored: string;
  secret: Secrets[string] | null;
  error?: string;
}

function Input({ field, stored, secret, error }: InputProps) {
  const { t } = useTranslation("connection");
  const about = useAbout(field, secret);
  const [value, setValue] = useState(field.secret ? "" : stored);
  const { label } = field;
  const common = {
    name: `settings.${field.key}`,
    label: field.optional ? t("settings.optional", { label }) : label,
    value,
    onChange: setValue,
    error,
    helpText: about,
  };
  if (field.choices.length > 0) {
    const options = field.choices;
    return <Select {...common} value={value || (options[0]?.value ?? "")} options={options} />;
  }
  const kept = secret?.last ? t("settings.storedLast", { last: secret.last }) : t("settings.stored");
  return (
    <TextField
      {...common}
      type={field.secret ? "password" : "text"}
      placeholder={secret ? kept : undefined}
      autoComplete={field.secret ? "new-password" : "off"}
      spellCheck={false}
    />
  );
}

/** What it is for, where to find it, and of a stored secret what may be told of it. */
function useAbout({ help, where }: SheetField, secret: InputProps["secret"]): string {
  const { t } = useTranslation("connection");
  const { clock } = useFormats();
  const zone = useZone();
  const place = where.replace(/\.$/, "");
  const said = [help, place && t("settings.where", { where: place })];
  if (secret?.setAt) {
    const when = clock(zone, secret.setAt);
    said.push(secret.last ? t("settings.setAtLast", { last: secret.last, when }) : t("settings.setAt", { when }));
  } else if (secret?.last) said.push(t("settings.last", { last: secret.last }));
  return said.filter(Boolean).join(" ");
}
