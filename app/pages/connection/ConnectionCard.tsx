// How a connection is doing, in its own figures, and its switch.
import { Banner, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ConnectionDay } from "../../delivery/ledger/day.ts";
import type { DeliveryState } from "../../delivery/states.ts";
import { ConnectionBadge } from "../DeliveryBadge.tsx";
import { useFormats } from "../formats.ts";
import { useDay, useTooLittle } from "../home/day.ts";
import { Ago } from "../time.tsx";
import { sentence, useWords } from "../words.ts";
import { LastError } from "./LastError.tsx";
import { Stopped } from "./Stopped.tsx";
import { Switches } from "./Switches.tsx";
import { type ConnectionState, shownState } from "./state.ts";

interface Props {
  connection: ConnectionState;
  vendor: string;
  deliveredAs: string;
  /** undefined: nothing ended in the last 24 hours. */
  day: ConnectionDay | undefined;
  now: string;
}

const MEANS = {
  on: "on",
  paused: "paused",
  pausedInPart: "pausedInPart",
  struggling: "struggling",
  off: "off",
} as const;

export function ConnectionCard({ connection, vendor, deliveredAs, day, now }: Props) {
  const { t } = useTranslation("connection");
  const { warning, lastError } = connection;
  const state = shownState(connection);
  const tooLittle = useTooLittle()(connection);
  const means = MEANS[state as keyof typeof MEANS];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t("state.heading")}
          </Text>
          <ConnectionBadge state={state} />
          <Text as="span" tone="subdued">
            {means ? t(`state.means.${means}`) : tooLittle}
          </Text>
        </InlineStack>
        <Stopped connection={connection} vendor={vendor} now={now} />
        {warning && (
          <Banner tone="warning" title={t("state.warns", { vendor })}>
            <p>{sentence(warning)}</p>
          </Banner>
        )}
        <Tested connection={connection} now={now} />
        <LastError error={lastError} now={now} />
        <Counts {...{ connection, deliveredAs, day, now }} />
        <Switches connection={connection} vendor={vendor} />
      </BlockStack>
    </Card>
  );
}

/** What its last test found; nothing was tested where the settings were changed since. */
function Tested({ connection: { state, test }, now }: Pick<Props, "connection" | "now">) {
  const { t } = useTranslation("connection");
  const { ago } = useFormats();
  if (!test) return state === "on" ? <Text as="p">{t("state.notTested")}</Text> : null;
  const found = test.ok ? "right" : test.ok === false ? "wrong" : "unknown";
  return <Text as="p">{t(`state.tested.${found}`, { ago: ago(Date.parse(now) - Date.parse(test.at)) })}</Text>;
}

/** What is never missed while it is none. */
const ALWAYS: DeliveryState[] = ["delivered", "due"];
const SHOWN: DeliveryState[] = ["delivered", "due", "refused", "unknown", "expired", "skipped", "superseded"];

function Counts({ connection, deliveredAs, day, now }: Omit<Props, "vendor">) {
  const { t } = useTranslation("connection");
  const { number, span } = useFormats();
  const words = useWords();
  const tellDay = useDay();
  const { counts, lastDeliveredAt, oldestDueAt } = connection;
  const shown = SHOWN.filter((state) => ALWAYS.includes(state) || counts[state] > 0);
  return (
    <dl className="facts">
      {shown.map((state) => (
        <div key={state}>
          <dt>{words.delivery(state, deliveredAs).word}</dt>
          <dd>{number(counts[state])}</dd>
        </div>
      ))}
      <div>
        <dt>{t("state.day")}</dt>
        <dd>{tellDay(day)}</dd>
      </div>
      {lastDeliveredAt && (
        <div>
          <dt>{t("state.lastDelivery")}</dt>
          <dd>
            <Ago at={lastDeliveredAt} now={now} />
          </dd>
        </div>
      )}
      {oldestDueAt && Date.parse(now) > Date.parse(oldestDueAt) && (
        <div>
          <dt>{t("state.oldest")}</dt>
          <dd>{span(Date.parse(now) - Date.parse(oldestDueAt))}</dd>
        </div>
      )}
    </dl>
  );
}
