// The form of a connection: its settings and rules, saved or only tested.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { ShopChannel } from "../../delivery/connections/channels.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import type { Finding } from "../../destinations/destination.ts";
import { useTold } from "../texts/telling.ts";
import { useUnsaved } from "../unsaved.tsx";
import type { Saved } from "./changes.ts";
import { RuleFields } from "./RuleFields.tsx";
import { SettingsCard } from "./SettingsCard.tsx";
import { StaleBanner } from "./StaleBanner.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  /** null: a new one. */
  connection: (Saved & { id: string; secretsSet: string[]; saved: { by: string; at: string } | null }) | null;
  rules: Rules;
  /** Of this shop's orders. */
  channels: ShopChannel[];
  asksName: boolean;
  now: string;
}
interface Answers {
  errors?: Record<string, string>;
  findings?: Finding[];
}

export function ConnectionForm({ sheet, connection, rules, channels, asksName, now }: Props) {
  const save = useFetcher<Answers>();
  const test = useFetcher<Answers>();
  const findings = useTold(test.data?.findings ?? null);
  const form = useRef<HTMLFormElement>(null);
  const errors = save.data?.errors ?? {};
  const wrong = Object.keys(errors).length > 0;
  const saved = save.state === "idle" && save.data !== undefined && !wrong;
  const [touched, setTouched] = useState(false);
  /** With what it began: what is stored may change meanwhile. */
  const [began, setBegan] = useState({ connection, rules, times: 0, after: undefined as Answers | undefined });
  const anew = () => {
    setTouched(false);
    setBegan((before) => ({ connection, rules, times: before.times + 1, after: save.data }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each save, with what is stored then
  useEffect(() => {
    if (saved) anew();
  }, [saved, save.data]);
  useUnsaved(touched && save.state === "idle");
  const isLater = connection !== null && connection.version !== began.connection?.version;
  const stale = isLater && !(saved && began.after !== save.data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where nothing was typed, what is stored is shown
  useEffect(() => {
    if (stale && !touched) anew();
  }, [stale, touched]);
  const send = (change: Record<string, string>, by: typeof save) => {
    const typed = new FormData(form.current ?? undefined);
    for (const [name, value] of Object.entries(change)) typed.set(name, value);
    by.submit(typed, { method: "post" });
  };
  const runMend = (what: string) => {
    test.submit({ intent: "mend", id: connection?.id ?? "", what }, { method: "post" });
  };
  return (
    <save.Form method="post" ref={form} onChange={() => setTouched(true)}>
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="id" value={connection?.id ?? ""} />
      {began.connection && <input type="hidden" name="version" value={began.connection.version} />}
      <BlockStack gap="400">
        <SettingsCard
          key={`settings ${began.times}`} // begins anew from what is stored: a secret leaves the page
          {...{ sheet, asksName, errors, runMend: connection ? runMend : null }}
          connection={began.connection}
          runTest={() => send({ intent: "test" }, test)}
          testing={test.state !== "idle"}
          findings={findings}
        />
        <RulesCard key={`rules ${began.times}`} {...{ sheet, channels, errors, rules: began.rules }} />
        {errors.form && <Banner tone="critical">{errors.form}</Banner>}
        {stale && touched && began.connection && (
          <StaleBanner
            {...{ sheet, before: began.connection, after: connection, now, onTheirs: anew }}
            onMine={() => send({ version: String(connection.version) }, save)}
          />
        )}
        <SaveLine
          label={connection ? "Save" : "Connect"}
          loading={save.state !== "idle"}
          says={saved && !touched ? "Saved." : wrong && !errors.form ? notSaved(errors) : ""}
        />
      </BlockStack>
    </save.Form>
  );
}

const notSaved = ({ stale }: Record<string, string>) =>
  stale ? "Not saved: see what changed meanwhile." : "Not saved: see the fields marked above.";

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

interface RulesProps extends Pick<Props, "sheet" | "rules" | "channels"> {
  errors: Record<string, string>;
}

function RulesCard(props: RulesProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What it gets
        </Text>
        <RuleFields {...props} />
      </BlockStack>
    </Card>
  );
}
