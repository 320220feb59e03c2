// The backfills of before: when, what, and what became of it.
import type { SerializeFrom } from "@remix-run/node";
import { Badge, Card, Text } from "@shopify/polaris";
import type { Told } from "../../base/reason.ts";
import type { BackfillView } from "../../shopify/backfill/view.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { became, days, STATES, together, unread } from "./words.ts";

interface Props {
  backfills: Told<SerializeFrom<BackfillView[]>>;
  now: string;
  timeZone: string;
  deliveredAs: string;
}

export const HistoryCard = ({ backfills, now, timeZone, deliveredAs }: Props) => (
  <Card padding="0">
    <div className="card-head">
      <Text as="h2" variant="headingMd">
        Backfills before
      </Text>
    </div>
    <table className="lines">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Started</th>
          <th scope="col">State</th>
          <th scope="col">What became of it</th>
        </tr>
      </thead>
      <tbody>
        {backfills.map(({ id, what, since, until, createdAt, state, says, deliveries, seen, sent }) => (
          <tr key={id}>
            <th scope="row">
              {sentence(together(what)).replace(/\.$/, "")}, {days(since, until, timeZone)}
            </th>
            <td data-label="Started">
              <Ago at={createdAt} now={now} />
            </td>
            <td data-label="State">
              <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
            </td>
            <td data-label="What became of it">
              {became(deliveries, deliveredAs)}. {says && sentence(says)} {state === "done" && unread(seen, sent)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Card>
);
