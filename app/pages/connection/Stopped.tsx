// What stands still at a connection, and why: the whole of it, some of its channels, or its lane that does not get through.
import type { FetcherWithComponents } from "@remix-run/react";
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Text } from "@shopify/polaris";
import { useVendorWords } from "../texts/telling.ts";
import { useZone } from "../time.tsx";
import { sentence } from "../words.ts";
import { byMerchant, type ConnectionState, channelTriedIn, strugglesSince, whatWaits } from "./state.ts";

interface Props {
  connection: ConnectionState;
  vendor: string;
  now: string;
}

export function Stopped({ connection, vendor, now }: Props) {
  const { state, reason, pausedChannels, struggle } = connection;
  const ours = state === "paused" && !byMerchant(connection) ? reason : null;
  const zone = useZone();
  const word = useVendorWords(connection.destination);
  const tryNow = useFetcher<{ tried: boolean }>();
  const waits = whatWaits(connection.waiting, now);
  return (
    <>
      {ours && (
        <Banner tone="critical" title={`${vendor} does not take deliveries`}>
          <p>{sentence(ours)} Mend it below and save, or turn it on again.</p>
          <p>{waits}</p>
        </Banner>
      )}
      {!ours && state === "paused" && <Text as="p">{waits}</Text>}
      {Object.entries(pausedChannels).map(([channel, why]) => (
        <Banner
          key={channel}
          tone="critical"
          title={`${vendor} takes no “${word(`channels.${channel}`, channel)}” for now`}
        >
          <BlockStack gap="200" inlineAlign="start">
            <p>{sentence(why)}</p>
            <p>{whatWaits(connection.waitingFor[channel] ?? null, now)}</p>
            {state === "on" && (
              <p>{channelTriedIn(connection, channel, now)} One delivery tells; once it is taken, all of them go.</p>
            )}
            {state === "on" && <TryNow id={connection.id} fetcher={tryNow} />}
          </BlockStack>
        </Banner>
      ))}
      {state === "on" && struggle && (
        <Banner tone="warning" title={`${vendor} has not been getting anything ${strugglesSince(struggle, now, zone)}`}>
          <BlockStack gap="200" inlineAlign="start">
            <p>{waits}</p>
            <TryNow id={connection.id} fetcher={tryNow} />
          </BlockStack>
        </Banner>
      )}
      <p aria-live="polite" className="live">
        {tryNow.state === "idle" && tryNow.data?.tried && "It is tried now."}
      </p>
    </>
  );
}

function TryNow({ id, fetcher }: { id: string; fetcher: FetcherWithComponents<unknown> }) {
  return (
    <Button
      loading={fetcher.state !== "idle"}
      onClick={() => fetcher.submit({ intent: "try", id }, { method: "post" })}
    >
      Try now
    </Button>
  );
}
