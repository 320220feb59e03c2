// The log: who decided what, when and for how many, so that a figure that looks odd later can be explained.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Text } from "@shopify/polaris";
import type { ReplayView } from "../../delivery/ledger/replays.ts";
import { count } from "../money.ts";
import { Ago } from "../time.tsx";
import { byWhom } from "../who.ts";
import { deliveryWords, sentence } from "../words.ts";
import { deedWords } from "./deeds.ts";

type Replay = SerializeFrom<ReplayView>;

interface Props {
  replays: Replay[];
  /** Connection id → its name. */
  names: Record<string, string>;
  /** User's id → name. */
  staff: Record<string, string>;
  /** The user who looks. */
  me: string;
  now: string;
}

export function ReplayCard({ replays, names, staff, me, now }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          What was decided
        </Text>
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">How many</th>
          </tr>
        </thead>
        <tbody>
          {replays.map(({ id, at, by, which, says, what, count: number, endedAt }) => (
            <tr key={id}>
              <th scope="row">
                <Ago at={at} now={now} />
              </th>
              <td data-label="Who">{whoSaid(by, staff, me)}</td>
              <td data-label="What">{inWords(which, says, names)}</td>
              <td data-label="How many">
                {number === 0 && endedAt ? deedWords(what).none : howMany(which, number, deedWords(what).done)}
                {!endedAt && <small>under way</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const whoSaid = (by: string | null, staff: Record<string, string>, me: string) =>
  (by && staff[by]) || byWhom(by, me).replace(/^by /, "").replace(/^./, (first) => first.toUpperCase());

const ofWebhooks = (which: Replay["which"]) => "webhooks" in which || "topic" in which;

const howMany = (which: Replay["which"], number: number, done: string) =>
  `${ofWebhooks(which) ? count(number, "webhook") : count(number, "delivery", "deliveries")} ${done}`;

function inWords(which: Replay["which"], says: string | null, names: Props["names"]): string {
  if ("ids" in which || "webhooks" in which) return "Chosen one by one";
  if ("all" in which) return "All that needed a decision";
  if ("dismissedAt" in which) return "What was dismissed before";
  if ("topic" in which) return `${which.topic}: ${sentence(says || "no reason")}`;
  const name = names[which.connectionId] ?? "A connection that is no more";
  return `${name}, ${deliveryWords(which.state).word.toLowerCase()}: ${sentence(says || "no reason")}`;
}
