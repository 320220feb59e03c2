// What stands still at a connection, and why: the whole of it, some of its channels, or its lane that does not get through.
import type { FetcherWithComponents } from "@remix-run/react";
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../formats.ts";
import { useVendorWords } from "../texts/telling.ts";
import { useZone } from "../time.tsx";
import { sentence } from "../words.ts";
import { byMerchant, type ConnectionState } from "./state.ts";
import { useWaits } from "./waits.ts";

interface Props {
  connection: ConnectionState;
  vendor: string;
  now: string;
}
type Fetcher = FetcherWithComponents<{ tried: boolean }>;

export function Stopped({ connection, vendor, now }: Props) {
  const { t } = useTranslation("connection");
  const { state, reason, pausedChannels, struggle, waiting } = connection;
  const ours = state === "paused" && !byMerchant(connection) ? reason : null;
  const fetcher = useFetcher<{ tried: boolean }>();
  const waits = useWaits(now)(waiting);
  return (
    <>
      {ours && (
        <Banner tone="critical" title={t("stopped.byUs", { vendor })}>
          <p>{t("stopped.mend", { why: sentence(ours) })}</p>
          <p>{waits}</p>
        </Banner>
      )}
      {!ours && state === "paused" && <Text as="p">{waits}</Text>}
      {Object.entries(pausedChannels).map(([channel, why]) => (
        <ClosedChannel key={channel} {...{ connection, vendor, now, channel, why, fetcher }} />
      ))}
      {state === "on" && struggle && <Struggle {...{ connection, vendor, now, struggle, fetcher }} />}
      <p aria-live="polite" className="live">
        {fetcher.state === "idle" && fetcher.data?.tried && t("stopped.tried")}
      </p>
    </>
  );
}

function ClosedChannel({
  connection,
  vendor,
  now,
  channel,
  why,
  fetcher,
}: Props & { channel: string; why: string; fetcher: Fetcher }) {
  const { t } = useTranslation("connection");
  const { span } = useFormats();
  const waits = useWaits(now);
  const { id, state, destination, waitingFor, channelTries } = connection;
  const name = useVendorWords(destination)(`channels.${channel}`, channel);
  const left = Date.parse(channelTries[channel] ?? "") - Date.parse(now);
  return (
    <Banner tone="critical" title={t("stopped.channel", { vendor, channel: name })}>
      <BlockStack gap="200" inlineAlign="start">
        <p>{sentence(why)}</p>
        <p>{waits(waitingFor[channel] ?? null)}</p>
        {state === "on" && (
          <>
            <p>{left > 0 ? t("stopped.triedIn", { span: span(left) }) : t("stopped.triedNow")}</p>
            <TryNow id={id} fetcher={fetcher} />
          </>
        )}
      </BlockStack>
    </Banner>
  );
}

function Struggle({
  connection,
  vendor,
  now,
  struggle,
  fetcher,
}: Props & { struggle: NonNullable<ConnectionState["struggle"]>; fetcher: Fetcher }) {
  const { t } = useTranslation("connection");
  const { span, hour } = useFormats();
  const since = hour(useZone(), struggle.since);
  const left = struggle.nextTry ? Date.parse(struggle.nextTry) - Date.parse(now) : 0;
  const title =
    left > 0
      ? t("stopped.struggleNext", { vendor, hour: since, span: span(left) })
      : t("stopped.struggleNow", { vendor, hour: since });
  const waits = useWaits(now)(connection.waiting);
  return (
    <Banner tone="warning" title={title}>
      <BlockStack gap="200" inlineAlign="start">
        <p>{waits}</p>
        <TryNow id={connection.id} fetcher={fetcher} />
      </BlockStack>
    </Banner>
  );
}

function TryNow({ id, fetcher }: { id: string; fetcher: Fetcher }) {
  const { t } = useTranslation("connection");
  return (
    <Button
      loading={fetcher.state !== "idle"}
      onClick={() => fetcher.submit({ intent: "try", id }, { method: "post" })}
    >
      {t("stopped.tryNow")}
    </Button>
  );
}
