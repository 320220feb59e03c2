// The deliveries of a group: each can be looked at, and some be chosen for a decision.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Checkbox, Link, Text } from "@shopify/polaris";
import type { Member } from "../../delivery/ledger/members.ts";
import { count, money } from "../money.ts";
import { Ago } from "../time.tsx";
import { kindWords } from "../words.ts";

interface Props {
  members: SerializeFrom<Member>[];
  chosen: ReadonlySet<string>;
  choose: (ids: string[], is: boolean) => void;
  now: string;
}

export function MemberTable({ members, chosen, choose, now }: Props) {
  const ids = members.map(({ id }) => id);
  const all = ids.every((id) => chosen.has(id));
  return (
    <Card padding="0">
      <div className="card-head">
        <Checkbox
          label={`Choose the ${count(members.length, "delivery", "deliveries")} of this page`}
          checked={all}
          onChange={(is) => choose(ids, is)}
        />
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Worth</th>
            <th scope="col">Happened</th>
            <th scope="col">Requests</th>
          </tr>
        </thead>
        <tbody>
          {members.map((one) => (
            <Line key={one.id} one={one} is={chosen.has(one.id)} choose={choose} now={now} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface LineProps extends Pick<Props, "choose" | "now"> {
  one: SerializeFrom<Member>;
  is: boolean;
}

function Line({ one, is, choose, now }: LineProps) {
  const { id, about, kind, worth, occurredAt, requests, replayable } = one;
  const name = `${kindWords(kind)} ${about}`;
  return (
    <tr>
      <th scope="row">
        <div className="choice">
          <Checkbox label={`Choose ${name}`} labelHidden checked={is} onChange={(now) => choose([id], now)} />
          <span>
            <Link url={`/app/deliveries/${id}`} accessibilityLabel={`Delivery ${id}: ${name}`}>
              {about}
            </Link>
            <small>
              {kindWords(kind)}
              {!replayable && " · cannot be sent again"}
            </small>
          </span>
        </div>
      </th>
      <td data-label="Worth">{worth ? money(worth) : <Text as="span">–</Text>}</td>
      <td data-label="Happened">
        <Ago at={occurredAt} now={now} />
      </td>
      <td data-label="Requests">{requests.toLocaleString("en")}</td>
    </tr>
  );
}
