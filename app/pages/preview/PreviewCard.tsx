// The preview of an unsaved form: an event of the shop or a sample is chosen, and what it would become is shown.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sheet } from "../connection/sheet.ts";
import { ChooseEvent, type EventLine } from "./ChooseEvent.tsx";
import { PreviewResult } from "./PreviewResult.tsx";
import type { FormPreview } from "./use-preview.ts";

interface Found {
  events?: EventLine[];
  /** There was no answer. */
  errors?: { form: string };
}

export function PreviewCard({ sheet, preview }: { sheet: Sheet; preview: FormPreview }) {
  const { t } = useTranslation("preview");
  const found = useFetcher<Found>();
  const [which, setWhich] = useState("");
  const [events, setEvents] = useState<EventLine[]>();
  // What was found before stays where there is no answer.
  useEffect(() => {
    if (found.data?.events) setEvents(found.data.events);
  }, [found.data]);
  const find = (order: string) => found.submit({ intent: "events", order }, { method: "post" });
  const isThere = which.startsWith("sample:") || events?.some(({ id }) => which === `event:${id}`);
  const chosen = isThere ? which : events?.[0] ? `event:${events[0].id}` : `sample:${sheet.kinds[0]}`;
  const shown = preview.shown(chosen);
  const unanswered = preview.unanswered ?? found.data?.errors?.form;
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
            <Button loading={preview.loading} onClick={() => preview.run(chosen)}>
              {t("card.run")}
            </Button>
          ) : (
            <Button loading={found.state !== "idle"} onClick={() => find("")}>
              {t("card.open")}
            </Button>
          )}
        </div>
        <div aria-live="polite">
          {unanswered && <Banner tone="critical">{unanswered}</Banner>}
          {shown && <PreviewResult shown={shown} vendor={sheet.name} />}
        </div>
      </BlockStack>
    </Card>
  );
}
