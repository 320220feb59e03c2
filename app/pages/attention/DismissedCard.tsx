// What was dismissed, by whom and when, to be taken back.
import type { SerializeFrom } from "@remix-run/node";
import { Button, Card, Link, Text } from "@shopify/polaris";
import type { Dismissed } from "../../delivery/ledger/dismissed.ts";
import type { DismissedWebhooks } from "../../delivery/ledger/unreadable.ts";
import { count } from "../money.ts";
import { Ago } from "../time.tsx";
import { byWhom } from "../who.ts";
import { deliveryWords, sentence } from "../words.ts";
import type { Decision } from "./Decide.tsx";

interface Props {
  groups: SerializeFrom<(Dismissed & { says: string })[]>;
  webhooks: SerializeFrom<DismissedWebhooks[]>;
  /** The user who looks. */
  me: string;
  now: string;
  decision: Decision;
}

export function DismissedCard({ groups, webhooks, me, now, decision }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Dismissed
        </Text>
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">How many</th>
            <th scope="col">Dismissed</th>
            <th scope="col">
              <Text as="span" visuallyHidden>
                Decide
              </Text>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Line
              key={`${group.dismissedAt} ${group.by}`}
              what={`${group.connectionName}, ${deliveryWords(group.state).word.toLowerCase()}: ${sentence(group.says || "no reason")}`}
              sampleId={group.sampleId}
              number={count(group.count, "delivery", "deliveries")}
              {...{ by: byWhom(group.by, me), at: group.dismissedAt, now, decision }}
              fields={{ dismissedAt: group.dismissedAt, by: group.by ?? "" }}
            />
          ))}
          {webhooks.map(({ topic, count: number, by, dismissedAt }) => (
            <Line
              key={`${topic} ${dismissedAt}`}
              what={`Webhooks ${topic}`}
              number={count(number, "webhook")}
              {...{ by: byWhom(by, me), at: dismissedAt, now, decision }}
              fields={{ topic, dismissedAt }}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface LineProps {
  what: string;
  /** One of the deliveries. */
  sampleId?: string;
  number: string;
  by: string;
  at: string;
  now: string;
  /** What it is about, as readDismissed reads it. */
  fields: Record<string, string>;
  decision: Decision;
}

function Line({ what, sampleId, number, by, at, now, fields, decision }: LineProps) {
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked =
    form?.get("intent") === "take back" && Object.entries(fields).every(([name, value]) => form.get(name) === value);
  return (
    <tr>
      <th scope="row">
        {what} {sampleId && <Link url={`/app/deliveries/${sampleId}`}>Show one of them</Link>}
      </th>
      <td data-label="How many">{number}</td>
      <td data-label="Dismissed">
        <Ago at={at} now={now} /> {by}
      </td>
      <td>
        <Button
          loading={asked}
          onClick={() =>
            decision.submit({ intent: "take back", ...fields }, { method: "post", action: "/app/attention" })
          }
        >
          Take back
        </Button>
      </td>
    </tr>
  );
}
