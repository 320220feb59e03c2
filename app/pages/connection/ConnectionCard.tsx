// How a connection is doing, and its switch: on, paused, off, disconnected.
import { useFetcher, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { DeliveryState } from "../../delivery/states.ts";
import { Confirm } from "../Confirm.tsx";
import { ConnectionBadge } from "../DeliveryBadge.tsx";
import { count } from "../money.ts";
import { Ago, span } from "../time.tsx";
import { deliveryWords, sentence } from "../words.ts";
import { LastError } from "./LastError.tsx";
import { Stopped } from "./Stopped.tsx";
import { type ConnectionState, shownState } from "./state.ts";

interface Props {
  connection: ConnectionState;
  vendor: string;
  deliveredAs: string;
  now: string;
}

const MEANS: Record<string, string> = {
  on: "Events are sent as they happen.",
  paused: "Events are written down and wait, each until the vendor’s time for it is over.",
  "paused in part": "Some of its events are written down and wait, each until the vendor’s time for it is over.",
  struggling: "Events are written down, and sent as soon as the vendor takes them again.",
  off: "New events are not sent, and do not wait.",
};

export function ConnectionCard({ connection, vendor, deliveredAs, now }: Props) {
  const { warning, lastError } = connection;
  const state = shownState(connection);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h2" variant="headingMd">
            State
          </Text>
          <ConnectionBadge state={state} />
          <Text as="span" tone="subdued">
            {MEANS[state]}
          </Text>
        </InlineStack>
        <Stopped connection={connection} vendor={vendor} now={now} />
        {warning && (
          <Banner tone="warning" title={`${vendor} warns of a limit`}>
            <p>{sentence(warning)}</p>
          </Banner>
        )}
        <Tested connection={connection} now={now} />
        <LastError error={lastError} now={now} />
        <Counts connection={connection} deliveredAs={deliveredAs} now={now} />
        <Switches connection={connection} vendor={vendor} />
      </BlockStack>
    </Card>
  );
}

/** What its last test found; nothing was tested where the settings were changed since. */
function Tested({ connection: { state, test }, now }: Pick<Props, "connection" | "now">) {
  if (!test) return state === "on" ? <Text as="p">Not tested with the settings that it has.</Text> : null;
  const found = test.ok ? "all was right" : test.ok === false ? "something was wrong" : "reading alone does not tell";
  return (
    <Text as="p">
      Tested <Ago at={test.at} now={now} />: {found}.
    </Text>
  );
}

/** What is never missed while it is none. */
const ALWAYS: DeliveryState[] = ["delivered", "due"];
const SHOWN: DeliveryState[] = ["delivered", "due", "refused", "unknown", "expired", "skipped", "superseded"];

function Counts({ connection, deliveredAs, now }: Omit<Props, "vendor">) {
  const { counts, lastDeliveredAt, oldestDueAt } = connection;
  const shown = SHOWN.filter((state) => ALWAYS.includes(state) || counts[state] > 0);
  return (
    <dl className="facts">
      {shown.map((state) => (
        <div key={state}>
          <dt>{deliveryWords(state, deliveredAs).word}</dt>
          <dd>{counts[state].toLocaleString("en")}</dd>
        </div>
      ))}
      {lastDeliveredAt && (
        <div>
          <dt>Last delivery</dt>
          <dd>
            <Ago at={lastDeliveredAt} now={now} />
          </dd>
        </div>
      )}
      {oldestDueAt && Date.parse(now) > Date.parse(oldestDueAt) && (
        <div>
          <dt>Oldest waits for</dt>
          <dd>{span(Date.parse(now) - Date.parse(oldestDueAt))}</dd>
        </div>
      )}
    </dl>
  );
}

function Switches({ connection, vendor }: Pick<Props, "connection" | "vendor">) {
  const fetcher = useFetcher();
  const { id, state, due } = connection;
  // By way of the page itself: where a refresh finds it gone meanwhile, this card is gone, too.
  const submit = useSubmit();
  const disconnecting = useNavigation().formData?.get("intent") === "disconnect";
  const ask = (intent: string, to: string) => fetcher.submit({ intent, id, to }, { method: "post" });
  const asked = (to: string) => fetcher.state !== "idle" && fetcher.formData?.get("to") === to;
  const waiting = `${count(due, "delivery", "deliveries")} that ${due === 1 ? "waits is" : "wait are"}`;
  return (
    <InlineStack gap="300">
      {state !== "on" && (
        <Button onClick={() => ask("switch", "on")} loading={asked("on")}>
          Turn on
        </Button>
      )}
      {state === "on" && (
        <Button onClick={() => ask("switch", "paused")} loading={asked("paused")}>
          Pause
        </Button>
      )}
      {state !== "off" && (
        <Confirm
          label="Turn off"
          title={`Turn ${connection.name} off?`}
          says={`New events are no longer sent to ${vendor}, nor kept for it. ${due > 0 ? `The ${waiting} skipped.` : "Nothing is waiting."} The settings stay.`}
          loading={asked("off")}
          onConfirm={() => ask("switch", "off")}
        />
      )}
      <Confirm
        label="Disconnect"
        title={`Disconnect ${connection.name}?`}
        says={`Its credentials are erased here. ${due > 0 ? `The ${waiting} skipped. ` : ""}What was delivered stays at ${vendor}. If you connect the same account again, nothing is sent to it twice.`}
        loading={disconnecting}
        onConfirm={() => submit({ intent: "disconnect", id }, { method: "post" })}
      />
    </InlineStack>
  );
}
