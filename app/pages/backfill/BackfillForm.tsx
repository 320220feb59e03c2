// What to send and of which days: counted first, then started by hand.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, Checkbox, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import type { What } from "../../destinations/history.ts";
import type { DryRun } from "../../shopify/backfill/plan.ts";
import { useReason } from "../texts/telling.ts";
import { Counted } from "./Counted.tsx";

interface Props {
  vendor: string;
  offered: What[];
  from: string;
  to: string;
  timeZone: string;
  says: Reason | null;
  warns: Reason | null;
}
type Answer = { counted: SerializeFrom<DryRun> | null; says: Reason | string | null };

export function BackfillForm({ vendor, offered, timeZone, ...days }: Props) {
  const { t } = useTranslation("backfill");
  const tell = useReason();
  const says = days.says && tell(days.says);
  const warns = days.warns && tell(days.warns);
  const counting = useFetcher<Answer>();
  const starting = useFetcher<Answer>();
  const [what, setWhat] = useState(offered);
  const [from, setFrom] = useState(days.from);
  const [to, setTo] = useState(days.to);
  const [confirmed, setConfirmed] = useState(false);
  const [shown, setShown] = useState("");
  const wish = { what: what.join(","), from, to };
  const about = JSON.stringify(wish);
  const counted = shown === about && counting.state === "idle" ? counting.data : undefined;
  const count = () => {
    setShown(about);
    counting.submit({ ...wish, intent: "count" }, { method: "post" });
  };
  const no = counted?.says ?? starting.data?.says;
  const begin = () => starting.submit({ ...wish, intent: "start", confirmed: String(confirmed) }, { method: "post" });
  if (offered.length === 0)
    return (
      <Card>
        <Text as="p">{t("form.allOff")}</Text>
      </Card>
    );
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("form.title")}
        </Text>
        {says && <Text as="p">{says}</Text>}
        <Whats offered={offered} what={what} onChange={setWhat} />
        <InlineStack gap="300">
          <TextField type="date" label={t("form.firstDay")} value={from} onChange={setFrom} autoComplete="off" />
          <TextField type="date" label={t("form.lastDay")} value={to} onChange={setTo} autoComplete="off" />
        </InlineStack>
        <Text as="p" tone="subdued">
          {t("form.zone", { zone: timeZone })}
        </Text>
        <InlineStack gap="300" blockAlign="center">
          <Button onClick={count} loading={counting.state !== "idle"}>
            {t("form.count")}
          </Button>
          <p aria-live="polite" className="live">
            {no && tell(no)}
          </p>
        </InlineStack>
        {counted?.counted && (
          <>
            <Counted counted={counted.counted} vendor={vendor} timeZone={timeZone} />
            {warns && (
              <Banner tone="warning" title={t("form.mayWrite", { vendor })}>
                <BlockStack gap="200">
                  <p>{warns}</p>
                  <Checkbox label={t("form.seenTo")} checked={confirmed} onChange={setConfirmed} />
                </BlockStack>
              </Banner>
            )}
            <InlineStack>
              <Button
                variant="primary"
                onClick={begin}
                disabled={warns !== null && !confirmed}
                loading={starting.state !== "idle"}
              >
                {t("form.start")}
              </Button>
            </InlineStack>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

interface WhatsProps {
  offered: What[];
  what: What[];
  onChange: (what: What[]) => void;
}
function Whats({ offered, what, onChange }: WhatsProps) {
  const { t } = useTranslation("backfill");
  return (
    <BlockStack gap="100">
      {offered.map((one) => (
        <Checkbox
          key={one}
          label={t(`what.${one}.label`)}
          helpText={t(`what.${one}.help`)}
          checked={what.includes(one)}
          onChange={(on) => onChange(offered.filter((other) => (other === one ? on : what.includes(other))))}
        />
      ))}
    </BlockStack>
  );
}
