// "Send the missing ones": asks first where some may have arrived, and says what cannot be sent.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { SentAgain } from "../../delivery/accuracy/send-missing.ts";
import { failed, type Tally } from "../../delivery/accuracy/tally.ts";
import type { Vendor } from "../attention/Decide.tsx";
import { Confirm } from "../Confirm.tsx";
import { count } from "../money.ts";

interface Props {
  total: Tally;
  vendor: Vendor;
}

export function SendMissing({ total, vendor }: Props) {
  const fetcher = useFetcher<{ done: SerializeFrom<SentAgain> | null; says?: string }>();
  const { data, state } = fetcher;
  const ask = () => fetcher.submit({ intent: "send" }, { method: "post" });
  const missing = failed(total);
  if (missing === 0 && !data) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          {missing === 0
            ? "No order of these days failed any more."
            : `${count(missing, "order")} of these days ended without arriving at ${vendor.name}.`}
        </Text>
        {missing > 0 && (
          <InlineStack>
            {total.unknown > 0 ? (
              <Confirm
                label="Send the missing ones"
                title={`Send ${count(missing, "order")} again?`}
                says={mayBeTwice(total, vendor)}
                loading={state !== "idle"}
                onConfirm={ask}
              />
            ) : (
              <Button onClick={ask} loading={state !== "idle"}>
                Send the missing ones
              </Button>
            )}
          </InlineStack>
        )}
        <p aria-live="polite" className="live">
          {data?.done ? wordsOf(data.done, vendor) : data?.says}
        </p>
      </BlockStack>
    </Card>
  );
}

const mayBeTwice = ({ unknown }: Tally, { name, asks }: Vendor): string =>
  asks
    ? `${count(unknown, "order")} of them may have arrived: ${name} is asked first. What it has is not sent; what it cannot tell is sent, and may count twice.`
    : `${count(unknown, "order")} of them may have arrived: what ${name} has already may count twice.`;

/** "3 orders are sent again. 1 order cannot be sent: it was dismissed." */
function wordsOf({ sent, left }: SerializeFrom<SentAgain>, { name }: Vendor): string {
  const why = {
    dismissed: "dismissed under Needs attention",
    off: "the connection that owed them is off",
    old: "what would be sent is not kept any more",
    over: `${name} does not take them any more, or has something newer`,
  };
  const rest = Object.entries(left).filter(([, number]) => number > 0);
  const said = rest.map(
    ([name, number]) => `${count(number, "order")} cannot be sent: ${why[name as keyof typeof why]}.`,
  );
  return [sent > 0 ? `${count(sent, "order")} to be sent again.` : "Nothing can be sent again.", ...said].join(" ");
}
