// Where alerts are posted to, beside the pages. The address is often a credential: only its host is ever shown.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUnsaved } from "../unsaved.tsx";
import { sentence } from "../words.ts";
import { type SettingSaved, useNotSaved } from "./not-saved.ts";

interface Props {
  stored: { host: string; problem: string | null } | null;
  /** When it was saved last; "": never. */
  was: string;
}

export function AlertUrlCard({ stored, was }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Alerts
          </Text>
          <Text as="p">
            Home shows an alert when a destination is paused, when something waits too long, and when much ends without
            arriving. Each can be posted to an address of yours as well, as JSON, at most once an hour.
          </Text>
          {stored && (
            <Text as="p">
              They are posted to <b>{stored.host}</b>.{" "}
              {stored.problem && `The last one did not get there: ${sentence(stored.problem)}`}
            </Text>
          )}
        </BlockStack>
        <Address isStored={stored !== null} was={was} />
      </BlockStack>
    </Card>
  );
}

function Address({ isStored, was }: { isStored: boolean; was: string }) {
  const { t } = useTranslation("settings");
  const notSaved = useNotSaved();
  const fetcher = useFetcher<SettingSaved<string, string | null>>();
  const [url, setUrl] = useState("");
  const error = notSaved(fetcher.data, {
    wrong: (says) => says,
    changed: (user, now) => (now ? t("changed.alerts", { user, now }) : t("changed.alertsNobody", { user })),
  });
  const loading = fetcher.state !== "idle";
  useUnsaved(url.trim() !== "" && !loading);
  const saved = !loading && fetcher.data !== undefined && !error;
  useEffect(() => {
    if (saved) setUrl("");
  }, [saved]);
  const save = (to: string) => fetcher.submit({ intent: "alert url", url: to, was }, { method: "post" });
  return (
    <>
      <TextField
        label={isStored ? "Another address" : "Address"}
        type="url"
        placeholder="https://"
        helpText="It must begin with https:// and be reachable from outside. It is stored sealed."
        value={url}
        onChange={setUrl}
        autoComplete="off"
        error={error ?? undefined}
      />
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={() => save(url)} loading={loading} disabled={url.trim() === ""}>
          Save the address
        </Button>
        {isStored && (
          <Button onClick={() => save("")} loading={loading}>
            Post no more
          </Button>
        )}
        <span aria-live="polite">{saved && "Saved."}</span>
      </InlineStack>
    </>
  );
}
