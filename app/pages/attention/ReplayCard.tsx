// What was sent or read again before, so that a figure that looks odd later can be explained.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Text } from "@shopify/polaris";
import type { replays } from "../../delivery/ledger/replays.ts";
import { count } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { deliveryWords, sentence } from "../words.ts";

type Replays = SerializeFrom<Awaited<ReturnType<typeof replays>>>;

interface Props {
  replays: Replays;
  /** Connection id → its name. */
  names: Record<string, string>;
  now: string;
}

export function ReplayCard({ replays, names, now }: Props) {
  const tell = useReason();
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Sent or read again
        </Text>
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">How many</th>
          </tr>
        </thead>
        <tbody>
          {replays.map(({ at, which, count: number }) => (
            <tr key={`${at} ${JSON.stringify(which)}`}>
              <th scope="row">
                <Ago at={at} now={now} />
              </th>
              <td data-label="What">{inWords(which, tell, names)}</td>
              <td data-label="How many">{howMany(which, number)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const ofWebhooks = (which: Replays[number]["which"]) => "webhooks" in which || "topic" in which;

function howMany(which: Replays[number]["which"], number: number): string {
  if (ofWebhooks(which)) return number === 0 ? "None: not kept any more" : count(number, "webhook");
  return number === 0 ? "None: too late, or off" : count(number, "delivery", "deliveries");
}

function inWords(which: Replays[number]["which"], tell: ReturnType<typeof useReason>, names: Props["names"]): string {
  if ("ids" in which || "webhooks" in which) return "Chosen one by one";
  if ("topic" in which) return `${which.topic}: ${sentence(which.reason ? tell(which.reason) : "no reason")}`;
  const name = names[which.connectionId] ?? "A connection that is no more";
  return `${name}, ${deliveryWords(which.state).word.toLowerCase()}: ${sentence(which.reason ? tell(which.reason) : "no reason")}`;
}
