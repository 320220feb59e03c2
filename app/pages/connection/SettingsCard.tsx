// The settings of a connection with what one must know of the vendor, and the test of what is typed or stored.
import { BlockStack, Button, Card, InlineStack, Link, List, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Told } from "../../base/reason.ts";
import type { Finding } from "../../destinations/destination.ts";
import type { Errors } from "./errors.ts";
import { Findings } from "./Findings.tsx";
import { type Secrets, SettingFields } from "./SettingFields.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  connection: { name: string; settings: Record<string, string>; secrets: Secrets } | null;
  asksName: boolean;
  errors: Errors;
  runTest: () => void;
  /** Does what a finding offers; null: only what is stored can be mended. */
  runMend: ((what: string) => void) | null;
  testing: boolean;
  findings: Told<Finding>[] | null;
}

export function SettingsCard({ sheet, connection, asksName, errors, runTest, runMend, testing, findings }: Props) {
  const { t } = useTranslation("connection");
  return (
    <Card>
      <BlockStack gap="400">
        <About sheet={sheet} />
        <Name asked={asksName} stored={connection?.name ?? ""} error={errors.name} />
        <SettingFields
          sheet={sheet}
          settings={connection?.settings ?? {}}
          secrets={connection?.secrets ?? {}}
          errors={errors}
        />
        <div>
          <InlineStack gap="300" blockAlign="center">
            <Button onClick={runTest} loading={testing}>
              {t("test.button")}
            </Button>
            <Text as="span" tone="subdued">
              {t("test.only", { vendor: sheet.name })}
            </Text>
          </InlineStack>
          <div aria-live="polite">{findings && <Findings findings={findings} runMend={runMend} />}</div>
        </div>
      </BlockStack>
    </Card>
  );
}

function About({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation("connection");
  return (
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        {t("settings.heading")}
      </Text>
      <List>
        {sheet.notes.map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
      </List>
      <Text as="p">
        <Link url={sheet.docs} target="_blank">
          {t("settings.docs", { vendor: sheet.name })}
        </Link>
      </Text>
    </BlockStack>
  );
}

/** Only who has several connections has to tell them apart. */
function Name({ asked, stored, error }: { asked: boolean; stored: string; error?: string }) {
  const { t } = useTranslation("connection");
  const [name, setName] = useState(stored);
  if (!asked && !error) return <input type="hidden" name="name" value={stored} />;
  return (
    <TextField
      name="name"
      label={t("settings.name")}
      helpText={t("settings.nameHelp")}
      value={name}
      onChange={setName}
      error={error}
      autoComplete="off"
    />
  );
}
