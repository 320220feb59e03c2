// The settings of a connection with what one must know of the vendor, and the test of what is typed or stored.
import { BlockStack, Button, Card, InlineStack, Link, List, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { Told } from "../../base/reason.ts";
import type { Finding } from "../../destinations/destination.ts";
import { Findings } from "./Findings.tsx";
import { SettingFields } from "./SettingFields.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  connection: { name: string; settings: Record<string, string>; secretsSet: string[] } | null;
  asksName: boolean;
  errors: Record<string, string>;
  runTest: () => void;
  /** Does what a finding offers; null: only what is stored can be mended. */
  runMend: ((what: string) => void) | null;
  testing: boolean;
  findings: Told<Finding>[] | null;
}

export function SettingsCard({ sheet, connection, asksName, errors, runTest, runMend, testing, findings }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <About sheet={sheet} />
        <Name asked={asksName} stored={connection?.name ?? ""} />
        <SettingFields
          fields={sheet.fields}
          settings={connection?.settings ?? {}}
          secretsSet={connection?.secretsSet ?? []}
          errors={errors}
        />
        <div>
          <InlineStack gap="300" blockAlign="center">
            <Button onClick={runTest} loading={testing}>
              Test connection
            </Button>
            <Text as="span" tone="subdued">
              It only reads: nothing is stored or counted at {sheet.name}.
            </Text>
          </InlineStack>
          <div aria-live="polite">{findings && <Findings findings={findings} runMend={runMend} />}</div>
        </div>
      </BlockStack>
    </Card>
  );
}

function About({ sheet }: { sheet: Sheet }) {
  return (
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        Settings
      </Text>
      <List>
        {sheet.notes.map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
      </List>
      <Text as="p">
        <Link url={sheet.docs} target="_blank">
          {sheet.name}’s documentation
        </Link>
      </Text>
    </BlockStack>
  );
}

/** Only who has several connections has to tell them apart. */
function Name({ asked, stored }: { asked: boolean; stored: string }) {
  const [name, setName] = useState(stored);
  if (!asked) return <input type="hidden" name="name" value={stored} />;
  const helpText = "What you call it here, for instance the market it is for.";
  return <TextField name="name" label="Name" helpText={helpText} value={name} onChange={setName} autoComplete="off" />;
}
