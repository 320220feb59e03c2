// What to send and of which days: counted first, then started by hand.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, Checkbox, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { Reason } from "../../base/reason.ts";
import type { What } from "../../destinations/history.ts";
import type { DryRun } from "../../shopify/backfill/plan.ts";
import { useTold } from "../texts/telling.ts";
import { Counted } from "./Counted.tsx";
import { WHAT } from "./words.ts";

interface Props {
  vendor: string;
  offered: What[];
  from: string;
  to: string;
  timeZone: string;
  says: string | null;
  warns: string | null;
}
type Answer = { counted: SerializeFrom<DryRun> | null; says: Reason | null };

export function BackfillForm({ vendor, offered, timeZone, says, warns, ...days }: Props) {
  const counting = useFetcher<Answer>();
  const starting = useFetcher<Answer>();
  const answered = useTold(counting.data);
  const begun = useTold(starting.data);
  const [what, setWhat] = useState(offered);
  const [from, setFrom] = useState(days.from);
  const [to, setTo] = useState(days.to);
  const [confirmed, setConfirmed] = useState(false);
  const [shown, setShown] = useState("");
  const wish = { what: what.join(","), from, to };
  const about = JSON.stringify(wish);
  const counted = shown === about && counting.state === "idle" ? answered : undefined;
  const count = () => {
    setShown(about);
    counting.submit({ ...wish, intent: "count" }, { method: "post" });
  };
  const begin = () => starting.submit({ ...wish, intent: "start", confirmed: String(confirmed) }, { method: "post" });
  if (offered.length === 0)
    return (
      <Card>
        <Text as="p">All kinds that could be sent are switched off in this connection’s settings.</Text>
      </Card>
    );
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What was before
        </Text>
        {says && <Text as="p">{says}</Text>}
        <Whats offered={offered} what={what} onChange={setWhat} />
        <InlineStack gap="300">
          <TextField type="date" label="First day" value={from} onChange={setFrom} autoComplete="off" />
          <TextField type="date" label="Last day" value={to} onChange={setTo} autoComplete="off" />
        </InlineStack>
        <Text as="p" tone="subdued">
          Days are those of the shop ({timeZone}). Shopify shows an app the orders of the last 60 days, and older ones
          only where it has approved that.
        </Text>
        <InlineStack gap="300" blockAlign="center">
          <Button onClick={count} loading={counting.state !== "idle"}>
            Count first
          </Button>
          <p aria-live="polite" className="live">
            {counted?.says ?? begun?.says}
          </p>
        </InlineStack>
        {counted?.counted && (
          <>
            <Counted counted={counted.counted} vendor={vendor} timeZone={timeZone} />
            {warns && (
              <Banner tone="warning" title={`${vendor} may write to buyers`}>
                <BlockStack gap="200">
                  <p>{warns}</p>
                  <Checkbox label="I have seen to it." checked={confirmed} onChange={setConfirmed} />
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
                Start the backfill
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
const Whats = ({ offered, what, onChange }: WhatsProps) => (
  <BlockStack gap="100">
    {offered.map((one) => (
      <Checkbox
        key={one}
        label={WHAT[one].label}
        helpText={WHAT[one].help}
        checked={what.includes(one)}
        onChange={(on) => onChange(offered.filter((other) => (other === one ? on : what.includes(other))))}
      />
    ))}
  </BlockStack>
);
