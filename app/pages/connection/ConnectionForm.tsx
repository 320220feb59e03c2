// The form of a connection: its settings and rules, tested, previewed and saved.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import type { ShopChannel } from "../../delivery/connections/channels.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import type { Finding } from "../../destinations/destination.ts";
import { useAwake } from "../awake.ts";
import { PreviewCard } from "../preview/PreviewCard.tsx";
import { usePreview } from "../preview/use-preview.ts";
import { useTold } from "../texts/telling.ts";
import { useUnsaved } from "../unsaved.tsx";
import type { Saved } from "./changes.ts";
import { type Errors, useErrors } from "./errors.ts";
import { FailedTest } from "./FailedTest.tsx";
import { useFirstError } from "./first-error.ts";
import { RuleCards } from "./RuleCards.tsx";
import { SaveBar } from "./SaveBar.tsx";
import type { Secrets } from "./SettingFields.tsx";
import { SettingsCard } from "./SettingsCard.tsx";
import { StaleBanner } from "./StaleBanner.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  /** null: a new one. */
  connection: (Saved & { id: string; secrets: Secrets; saved: { by: string; at: string } | null }) | null;
  rules: Rules;
  /** Of this shop's orders. */
  channels: ShopChannel[];
  asksName: boolean;
  now: string;
}
interface Answers {
  errors?: Record<string, Reason | string>;
  findings?: Finding[] | null;
  saved?: boolean;
}

export function ConnectionForm({ sheet, connection, rules, channels, asksName, now }: Props) {
  const save = useFetcher<Answers>();
  const test = useFetcher<Answers>();
  const findings = useTold(test.data?.findings ?? null);
  const form = useRef<HTMLFormElement>(null);
  const [touched, setTouched] = useState(false);
  const [changes, setChanges] = useState(0);
  /** With what it began: what is stored may change meanwhile. What was answered before it began anew is over. */
  const [began, setBegan] = useState({ connection, rules, times: 0, after: undefined as Answers | undefined });
  const answer = save.data !== began.after ? save.data : undefined;
  const errors = useErrors(sheet, answer?.errors ?? {});
  const saved = save.state === "idle" && save.data?.saved === true;
  const found = useTold(answer?.findings ?? null);
  const failed = save.state === "idle" && answer?.saved === false && found;
  const busy = save.state !== "idle";
  /** Since the last save was sent. */
  const typedMeanwhile = useRef(false);
  const anew = () => {
    setTouched(false);
    setBegan((before) => ({ connection, rules, times: before.times + 1, after: save.data }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each save, with what is stored then
  useEffect(() => {
    if (!saved) return;
    if (typedMeanwhile.current) setBegan((before) => ({ ...before, connection, rules, after: save.data }));
    else anew();
  }, [saved, save.data]);
  /** "Saved." stands until something is discarded. */
  const [over, setOver] = useState<Answers>();
  const discard = () => {
    setOver(save.data);
    anew();
  };
  useUnsaved(touched && !busy);
  useFirstError(form, answer);
  const isLater = connection !== null && connection.version !== began.connection?.version;
  const stale = isLater && !(saved && began.after !== save.data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where nothing was typed, what is stored is shown
  useEffect(() => {
    if (stale && !touched) anew();
  }, [stale, touched]);
  const typed = (change: Record<string, string>) => {
    const all = new FormData(form.current ?? undefined);
    for (const [name, value] of Object.entries(change)) all.set(name, value);
    return all;
  };
  const preview = usePreview(typed, `${began.times} ${changes}`);
  const marked = { ...errors, ...useErrors(sheet, preview.errors) };
  const begin = () => {
    typedMeanwhile.current = false;
  };
  const send = (change: Record<string, string>, by: typeof save) => {
    if (by === save) begin();
    by.submit(typed(change), { method: "post" });
  };
  const runMend = (what: string) => test.submit({ intent: "mend", id: connection?.id ?? "", what }, { method: "post" });
  const touch = () => {
    typedMeanwhile.current = true;
    setTouched(true);
    setChanges((before) => before + 1);
  };
  return (
    <>
      <save.Form method="post" ref={form} onChange={touch} onSubmit={begin} noValidate>
        <input type="hidden" name="intent" value="save" />
        <input type="hidden" name="id" value={connection?.id ?? ""} />
        {began.connection && <input type="hidden" name="version" value={began.connection.version} />}
        <BlockStack gap="400">
          <SettingsCard
            key={`settings-${began.times}`} // begins anew from what is stored: a secret leaves the page
            {...{ sheet, asksName, errors: marked, runMend: connection ? runMend : null }}
            connection={began.connection}
            runTest={() => send({ intent: "test" }, test)}
            testing={test.state !== "idle"}
            findings={findings}
          />
          <RuleCards
            key={`rules-${began.times}`}
            {...{ sheet, channels, errors: marked, rules: began.rules, onChange: touch }}
          />
          {marked.form && <FormError says={marked.form} />}
          {failed && (
            <FailedTest
              vendor={sheet.name}
              findings={failed}
              loading={busy}
              onAnyway={() => send({ anyway: "yes" }, save)}
            />
          )}
          {stale && touched && began.connection && (
            <StaleBanner
              {...{ sheet, before: began.connection, after: connection, now, onTheirs: anew }}
              onMine={() => send({ version: String(connection.version) }, save)}
            />
          )}
          <SaveLine
            isNew={connection === null}
            loading={busy}
            says={
              saved && !touched && over !== save.data
                ? "saved"
                : Object.keys(errors).length > 0 && !errors.form
                  ? wrong(errors)
                  : null
            }
          />
        </BlockStack>
      </save.Form>
      <PreviewCard sheet={sheet} preview={preview} />
      <SaveBar id="connection-form" shown={touched} busy={busy} onSave={() => send({}, save)} onDiscard={discard} />
    </>
  );
}

const wrong = ({ stale }: Errors) => (stale ? ("stale" as const) : ("wrong" as const));

/** About no field: it is what the focus goes to. */
function FormError({ says }: { says: string }) {
  return (
    <div tabIndex={-1} data-form-error>
      <Banner tone="critical">{says}</Banner>
    </div>
  );
}

interface LineProps {
  isNew: boolean;
  loading: boolean;
  says: "saved" | "stale" | "wrong" | null;
}

/** What is stored already is saved by the bar of the admin. */
function SaveLine({ isNew, loading, says }: LineProps) {
  const { t } = useTranslation("connection");
  // Before, it would load the page anew, and what was typed would be gone.
  const awake = useAwake();
  return (
    <div className="outside save-line">
      {isNew && (
        <Button submit={awake} variant="primary" loading={loading} disabled={!awake}>
          {t("form.connect")}
        </Button>
      )}
      <span aria-live="polite">{says && t(`form.${says}`)}</span>
    </div>
  );
}
