// The form of a connection: its settings and rules, saved or only tested.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { ShopChannel } from "../../delivery/connections/channels.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import type { Finding } from "../../destinations/destination.ts";
import { RuleFields } from "./RuleFields.tsx";
import { SettingsCard } from "./SettingsCard.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  /** null: a new one. */
  connection: { id: string; name: string; settings: Record<string, string>; secretsSet: string[] } | null;
  rules: Rules;
  /** Of this shop's orders. */
  channels: ShopChannel[];
  asksName: boolean;
}
interface Answers {
  errors?: Record<string, string>;
  findings?: Finding[];
}

export function ConnectionForm({ sheet, connection, rules, channels, asksName }: Props) {
  const save = useFetcher<Answers>();
  const test = useFetcher<Answers>();
  const form = useRef<HTMLFormElement>(null);
  const errors = save.data?.errors ?? {};
  const wrong = Object.keys(errors).length > 0;
  const saved = save.state === "idle" && save.data !== undefined && !wrong;
  const [saves, setSaves] = useState(0);
  useEffect(() => {
    if (saved) setSaves((before) => before + 1);
  }, [saved]);
  const runTest = () => {
    test.submit(asTest(new FormData(form.current ?? undefined)), { method: "post" });
  };
  const runMend = (what: string) => {
    test.submit({ intent: "mend", id: connection?.id ?? "", what }, { method: "post" });
  };
  return (
    <save.Form method="post" ref={form}>
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="id" value={connection?.id ?? ""} />
      <BlockStack gap="400">
        <SettingsCard
          key={saves} // begins anew from what is stored: a secret leaves the page
          {...{ sheet, connection, asksName, errors, runTest, runMend: connection ? runMend : null }}
          testing={test.state !== "idle"}
          findings={test.data?.findings ?? null}
        />
        <RulesCard sheet={sheet} rules={rules} channels={channels} />
        {errors.form && <Banner tone="critical">{errors.form}</Banner>}
        <SaveLine
          label={connection ? "Save" : "Connect"}
          loading={save.state !== "idle"}
          says={saved ? "Saved." : wrong && !errors.form ? "Not saved: see the fields marked above." : ""}
        />
      </BlockStack>
    </save.Form>
  );
}

function SaveLine({ label, loading, says }: { label: string; loading: boolean; says: string }) {
  return (
    <div className="outside">
      <InlineStack gap="300" blockAlign="center">
        <Button submit variant="primary" loading={loading}>
          {label}
        </Button>
        <span aria-live="polite">{says}</span>
      </InlineStack>
    </div>
  );
}

function asTest(typed: FormData): FormData {
  typed.set("intent", "test");
  return typed;
}

function RulesCard({ sheet, rules, channels }: Pick<Props, "sheet" | "rules" | "channels">) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What it gets
        </Text>
        <RuleFields sheet={sheet} rules={rules} channels={channels} />
      </BlockStack>
    </Card>
  );
}
