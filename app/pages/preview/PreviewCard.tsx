// The preview of an unsaved form: an event of the shop or a sample is chosen, and what it would become is shown.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sheet } from "../connection/sheet.ts";
import { ChooseEvent, type EventLine } from "./ChooseEvent.tsx";
import { PreviewResult, type Shown } from "./PreviewResult.tsx";

interface Props {
  sheet: Sheet;
  /** The form as it is now, with these beside. */
  typed: (more: Record<string, string>) => FormData;
}

export function PreviewCard({ sheet, typed }: Props) {
  const { t } = useTranslation("preview");
  const found = useFetcher<{ events?: EventLine[] }>();
  const shown = useFetcher<{ preview?: Shown }>();
  const [which, setWhich] = useState("");
  const events = found.data?.events;
  const find = (order: string) => found.submit({ intent: "events", order }, { method: "post" });
  const isThere = which.startsWith("sample:") || events?.some(({ id }) => which === `event:${id}`);
  const chosen = isThere ? which : events?.[0] ? `event:${events[0].id}` : `sample:${sheet.kinds[0]}`;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("card.heading")}
        </Text>
        <Text as="p">{t("card.says", { vendor: sheet.name })}</Text>
        {events && (
          <ChooseEvent
            {...{ kinds: sheet.kinds, events, chosen, find }}
            finding={found.state !== "idle"}
            onChange={setWhich}
          />
        )}
        <div>
          {events ? (
            <Button
              loading={shown.state !== "idle"}
              onClick={() => shown.submit(typed({ intent: "preview", which: chosen }), { method: "post" })}
            >
              {t("card.run")}
            </Button>
          ) : (
            <Button loading={found.state !== "idle"} onClick={() => find("")}>
              {t("card.open")}
            </Button>
          )}
        </div>
        <div aria-live="polite">
          {shown.data?.preview && <PreviewResult shown={shown.data.preview} vendor={sheet.name} />}
        </div>
      </BlockStack>
    </Card>
  );
}
